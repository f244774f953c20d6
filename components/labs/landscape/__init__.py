"""The lab of "Where deep learning shines": accuracy against data, and an honest recommendation."""
