"""The lab of "Classify your own pictures": pictures, networks, answers, the table."""
