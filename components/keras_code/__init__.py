"""What a page just did as a Keras program: a script and a notebook, written from the settings."""
