"""The parts of lesson 1.3: activation functions, the interactions and the curves they make."""
