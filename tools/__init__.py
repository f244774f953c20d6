"""The scripts that make what is in assets/."""
