"""The address for joining, and its QR code."""

import os
from html import escape
from urllib.parse import urlsplit

import segno

from components.classroom.local import is_loopback

ADDRESS_VARIABLE = "WORKSHOP_ADDRESS"


class AddressError(ValueError):
    """An address that is none; the sentence says what to change."""


def named_address() -> str | None:
    """The address that WORKSHOP_ADDRESS names, such as a short link of one's own.

    None where it names none. Raises AddressError for what is no web address.
    """
    named = os.environ.get(ADDRESS_VARIABLE, "").strip()
    if not named:
        return None
    address = named if "://" in named else f"http://{named}"
    if joining_address(address) is None or not address.isascii() or set(address) & set(' <>"`'):
        raise AddressError(
            f"{ADDRESS_VARIABLE} is no web address. Write it like https://example.org/workshop."
        )
    return address


def short_form(address: str) -> str:
    """An address as a person types it: "host:8501" for "http://host:8501/".

    A secure one keeps its https: not every browser tries that by itself.
    """
    return address.removeprefix("http://").removesuffix("/")


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
    """The address as a QR code: a picture on white with its quiet zone, `width` pixels wide.

    It is an <img>: Streamlit takes an <svg> of its own out of a page's HTML.
    """
    code = segno.make(address, micro=False, error="m")
    uri = code.svg_data_uri(dark="#000", light="#fff", omitsize=True, border=4)
    size = f"width:{width}px;max-width:100%;display:block"
    return f'<img src="{escape(uri)}" alt="{escape(f"QR code of {address}")}" style="{size}">'
