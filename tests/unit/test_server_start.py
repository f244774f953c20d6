"""What a server is given before its first page."""

import socket
from contextlib import closing

from components.server import answer_at_once


def test_connections_send_at_once_those_open_and_those_to_come() -> None:
    # As Streamlit binds it: its kind is left to the system, and asyncio doesn't know it for TCP.
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with closing(socket.create_connection(listening.getsockname())):
            open_already, _ = listening.accept()
            assert not _sends_at_once(open_already)
            answer_at_once()
            assert _sends_at_once(open_already)
            open_already.close()
        with closing(socket.create_connection(listening.getsockname())):
            later, _ = listening.accept()
            assert _sends_at_once(later)
            later.close()


def _sends_at_once(connection: socket.socket) -> bool:
    return bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
