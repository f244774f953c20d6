"""A visitor's words in Markdown: read back as they were, with nothing in them that obeys."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.plain_words import as_markdown

# What Markdown makes links of without any sign around it, once it has taken the backslashes away.
LINKS = re.compile(r"https?://|www\.|@[\w-]", re.I)


def shown(markdown: str) -> str:
    """What a reader sees: the words without the backslashes."""
    return re.sub(rf"\\([{re.escape(string.punctuation)}])", r"\1", markdown)


@given(st.text(max_size=60))
def test_it_is_read_as_it_was_written(words: str) -> None:
    assert shown(as_markdown(words)).replace("\u2060", "") == " ".join(
        words.replace("\u2060", "").split()
    )


@given(st.lists(st.sampled_from(["http:", "https:", "//", "www", ".", "@", "a", "[", "`"])))
def test_nothing_in_it_is_a_link(parts: list[str]) -> None:
    assert not LINKS.search(shown(as_markdown("".join(parts))))


@pytest.mark.parametrize("words", ["mug", "3 cats", "Mäuse", "你好", "at home, 7 @ night"])
def test_ordinary_words_get_nothing_hidden(words: str) -> None:
    assert shown(as_markdown(words)) == words
