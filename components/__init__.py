"""The parts the pages are built from; DESIGN of who may import whom is in pyproject.toml."""
