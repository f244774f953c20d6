"""The lab of "How images are represented": a patch of a picture beside its numbers."""
