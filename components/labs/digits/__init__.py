"""The lab of "Train on MNIST, live": settings, builder, runs, and what to look at in a run."""
