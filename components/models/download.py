"""Fetch one file over HTTP: bounded in time, checked by its sha256, with progress."""

import hashlib
import http.client
import time
import urllib.request
from collections.abc import Callable

CONNECT_SECONDS = 6.0  # also the longest wait for the next piece
LONGEST_SECONDS = 300.0
PIECE_BYTES = 128 * 1024

Progress = Callable[[int, int], bool]


class DownloadError(Exception):
    """A download that did not work; the message is a sentence for the learner."""


def download(
    url: str, sha256: str | None, largest: int, progress: Progress, timeout: float = CONNECT_SECONDS
) -> bytes:
    """Return the content behind `url`, once it is complete and has the right checksum.

    `sha256` is None where no checksum is known; then only the length is checked.

    `progress(received, total)`, both in bytes, is called for every piece; it returns False to
    give the download up. No more than `largest` bytes are read. Raises DownloadError.
    """
    until = time.monotonic() + LONGEST_SECONDS
    pieces: list[bytes] = []
    received = 0
    try:
        with urllib.request.urlopen(url, timeout=timeout) as response:
            said = int(response.headers.get("Content-Length") or 0)
            total = said or largest
            while piece := response.read(PIECE_BYTES):
                pieces.append(piece)
                received += len(piece)
                if received > largest:
                    raise DownloadError("The file on the other side is not the one expected.")
                if time.monotonic() > until:
                    raise DownloadError("The connection is too slow.")
                if not progress(received, total):
                    raise DownloadError("The download was stopped.")
    except http.client.HTTPException as error:
        raise DownloadError("The connection broke off.") from error
    except TimeoutError as error:
        raise DownloadError("The other side did not answer in time.") from error
    except (OSError, ValueError) as error:  # URLError is an OSError: no network, refused, 404
        raise DownloadError(f"There is no connection to {_host(url)}.") from error
    content = b"".join(pieces)
    is_whole = not said or received == said
    if not is_whole or sha256 not in (None, hashlib.sha256(content).hexdigest()):
        raise DownloadError("What arrived is incomplete or damaged.")
    return content


def _host(url: str) -> str:
    return urllib.request.Request(url).host or url
