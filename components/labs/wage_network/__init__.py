"""The wage network set by hand, as lessons 1.2, 1.3 and 1.5 share it."""
