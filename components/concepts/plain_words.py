"""A visitor's own words within a sentence in Markdown: shown as they are, never obeyed."""

import re
import string

_SIGNS = re.compile(f"[{re.escape(string.punctuation)}]")


def as_markdown(words: str) -> str:
    """The words with a backslash before every sign that could mean something in Markdown."""
    return _SIGNS.sub(lambda sign: "\\" + sign[0], " ".join(words.split()))
