"""The lab of "How a deep network sees": whom to ask, its views, the inquiry."""
