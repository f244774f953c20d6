"""The textbook: what the lessons teach, in NumPy alone. Functions return a trace."""
