"""A visitor's own words, in a sentence or a table: shown as they are, never obeyed."""

import re
import string

_SIGNS = re.compile(f"[{re.escape(string.punctuation)}]")
# What a browser's Markdown makes a link of, signs or no signs: http://…, www.…, name@place.
_INSIDE_A_LINK = re.compile(
    r"(?<=http:)(?=/)|(?<=https:)(?=/)|(?<=www)(?=\.)|(?<=@)(?=[\w-])", re.IGNORECASE
)
_JOINER = "\u2060"  # takes no room, and nobody sees it

# A cell that begins so is a formula to a spreadsheet, also behind what it takes for a space.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_SPACES = " \u00a0\u200b\ufeff"


def as_markdown(words: str) -> str:
    """The words with a backslash before every sign that could mean something in Markdown.

    What would become a link all the same is interrupted where nobody sees it.
    """
    parted = _INSIDE_A_LINK.sub(_JOINER, " ".join(words.split()))
    return _SIGNS.sub(lambda sign: "\\" + sign[0], parted)


def as_cell(words: str) -> str:
    """The words as a cell of a table that no spreadsheet takes for a formula: what would be one
    gets an apostrophe in front.
    """
    return f"'{words}" if words.lstrip(_SPACES).startswith(_FORMULA_STARTS) else words
