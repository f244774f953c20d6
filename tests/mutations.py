"""Files with damage, as accident or malice makes it, for the doors that files come in by."""

import os

from hypothesis import settings
from hypothesis import strategies as st

# Files for each door in a run of all tests; WORKSHOP_FUZZ asks for more, for a night of its own.
FILES = 60 * int(os.environ.get("WORKSHOP_FUZZ", "1"))
fuzz = settings(deadline=None, max_examples=FILES)


@st.composite
def damaged(draw: st.DrawFn, whole: list[bytes]) -> bytes:
    """One of the whole files with a few places changed, cut out, repeated or filled in."""
    data = draw(st.sampled_from(whole))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 64))
        part = data[start : start + length]
        new = draw(
            st.sampled_from(
                [b"", part * 2, part[::-1], b"\0" * length, b"\xff" * length, bytes(part[:1]) * 9]
            )
            | st.binary(max_size=64)
        )
        data = data[:start] + new + data[start + length :]
        if draw(st.integers(0, 9)) == 0:
            data = data[: draw(st.integers(0, len(data)))]
    return data


def files(whole: list[bytes]) -> st.SearchStrategy[bytes]:
    """Damaged files, now and then mere noise behind the beginning of a good one."""
    return damaged(whole) | st.builds(
        lambda head, size, noise: head[:size] + noise,
        st.sampled_from(whole),
        st.integers(0, 32),
        st.binary(max_size=300),
    )
