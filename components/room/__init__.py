"""What every page shows of the room: the bar, following the instructor, projector mode."""
