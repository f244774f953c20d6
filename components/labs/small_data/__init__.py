"""The lab of "What about small data sets": settings, pictures, comparisons, and how to look."""
