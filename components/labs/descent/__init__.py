"""The lab of "Gradient descent": one weight, two weights, and a race."""
