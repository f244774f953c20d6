"""What a server is given once, before its first page."""

import gc
import socket
from contextlib import suppress
from functools import cache

from components.widgets.carried_clicks import drop_carried_clicks
from components.widgets.kept_answers import keep_answers


@cache
def prepare() -> None:
    """Mend what Streamlit leaves undone for a whole server, and settle its memory. Does nothing
    the second time."""
    answer_at_once()
    drop_carried_clicks()
    keep_answers()
    settle_memory()  # last: what is frozen is not found any more


def settle_memory() -> None:
    """Take what is loaded now out of the garbage collector's rounds.

    Frozen objects are not looked at again whenever Python collects garbage. The chart library is
    loaded first so that it is among them.
    """
    import altair  # noqa: F401

    gc.collect()
    gc.freeze()


def answer_at_once() -> None:
    """Have each connection, those to come too, send what is written without waiting (TCP_NODELAY).

    An answer to a slider is several small messages. Without this the second one waits until the
    browser has acknowledged the first, which it puts off for 40 ms and more. asyncio sets it for
    sockets that say that they are TCP; the one that Streamlit binds does not say so (Streamlit
    1.67, `starlette_server._bind_socket`; the same in uvicorn's issue 3149), and nobody is told of
    it. Connections have it from the socket that listens; the first visitor's is open already.
    """
    for found in gc.get_objects():
        # By its type: what only says that it is a socket may load a library to say so.
        if issubclass(type(found), socket.socket) and _is_tcp(found):
            with suppress(OSError):  # closed by its owner just now
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _is_tcp(found: socket.socket) -> bool:
    internet = found.family in (socket.AF_INET, socket.AF_INET6)
    return internet and found.type == socket.SOCK_STREAM and found.fileno() >= 0
