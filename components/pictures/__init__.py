"""Pictures: the checked door for those that people bring, and the ones that are bundled."""
