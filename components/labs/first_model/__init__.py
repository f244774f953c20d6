"""The parts of lesson 3.1 that draw: the four panels, the table, the runs."""
