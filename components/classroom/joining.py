"""The address for joining, and its QR code."""

from html import escape
from urllib.parse import urlsplit

import segno

from components.classroom.local import is_loopback


def joining_address(page_url: str) -> str | None:
    """The app's address from that of one of its pages, without settings.

    "http://host:8501/app/welcome?x=1" gives "http://host:8501/app/". None for what is no web
    address.
    """
    try:
        parts = urlsplit(page_url)
        host, _ = parts.hostname, parts.port  # the port raises where it is none
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    folder = parts.path.rpartition("/")[0]
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{folder}/"


def is_for_this_machine_only(address: str) -> bool:
    """Whether an address leads every other machine to itself, such as http://localhost:8501/."""
    return is_loopback(urlsplit(address).hostname or "")


def qr_code(address: str, width: int = 300) -> str:
    """The address as a QR code: SVG on white with its quiet zone, `width` pixels wide."""
    code = segno.make(address, micro=False, error="m")
    svg = code.svg_inline(dark="#000", light="#fff", omitsize=True, border=4)
    label = escape(f"QR code of {address}")
    return svg.replace("<svg", f'<svg role="img" aria-label="{label}" width="{width}"', 1)
