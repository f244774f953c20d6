"""What the whole room shares: the store, the survey, and who the instructor is."""
