"""The parts of the playground's lab."""
