"""The lab of "The convolution": one patch, step by step, a whole picture, challenges."""
