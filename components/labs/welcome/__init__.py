"""The lab of the Welcome page."""
