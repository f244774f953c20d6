"""The parts of a lesson's lab that are too large for its page: one folder a lesson."""
