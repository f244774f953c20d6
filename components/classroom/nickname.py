"""Nicknames: short, and letters only, so that nothing in them can do anything on a page."""

import unicodedata

LONGEST = 20
_ALSO = " -'’"


class NicknameError(ValueError):
    """A nickname that can't be shown; the sentence says what can."""


def clean(text: str) -> str:
    """A nickname as it is kept, without needless spaces; empty for none.

    Letters of any script, digits, spaces, hyphens and apostrophes: no HTML, no Markdown, no link.
    Raises NicknameError for anything else, and for one that is too long.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if len(name) > LONGEST:
        raise NicknameError(f"A nickname has up to {LONGEST} characters.")
    if not all(_is_fine(sign) for sign in name):
        raise NicknameError("A nickname is made of letters, digits, spaces and hyphens.")
    if any(map(_is_mark, name)) and max(_runs_of_marks(name)) > 2:
        raise NicknameError("A nickname has no towers of accents.")
    return name


def _is_fine(sign: str) -> bool:
    return (
        sign in _ALSO
        or unicodedata.category(sign) in ("Lu", "Ll", "Lt", "Lo", "Lm", "Nd")
        or (_is_mark(sign))
    )


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Mc")


def _runs_of_marks(name: str) -> list[int]:
    """How many marks stand behind each other, at each sign."""
    runs = [0]
    for sign in name:
        runs.append(runs[-1] + 1 if _is_mark(sign) else 0)
    return runs
