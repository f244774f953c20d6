"""A visitor's own words within a sentence in Markdown: shown as they are, never obeyed."""

import re
import string

_SIGNS = re.compile(f"[{re.escape(string.punctuation)}]")
# What a browser's Markdown makes a link of, signs or no signs: http://…, www.…, name@place.
_INSIDE_A_LINK = re.compile(
    r"(?<=http:)(?=/)|(?<=https:)(?=/)|(?<=www)(?=\.)|(?<=@)(?=[\w-])", re.IGNORECASE
)
_JOINER = "\u2060"  # takes no room, and nobody sees it


def as_markdown(words: str) -> str:
    """The words with a backslash before every sign that could mean something in Markdown.

    What would become a link all the same is interrupted where nobody sees it.
    """
    parted = _INSIDE_A_LINK.sub(_JOINER, " ".join(words.split()))
    return _SIGNS.sub(lambda sign: "\\" + sign[0], parted)
