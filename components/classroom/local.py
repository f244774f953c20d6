"""Whether a visitor sits at the server's own machine."""

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address

# What a proxy leaves behind; a browser sends none of these by itself.
FORWARDING_HEADERS = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-Ip",
    "True-Client-Ip",
    "Cf-Connecting-Ip",
)


def is_at_this_machine(address: str | None, headers: Mapping[str, str]) -> bool:
    """Whether a visitor sits at the server's own machine, with no proxy in between.

    `address` is where the connection comes from; None is Streamlit's word for a loopback
    address. That alone is not enough: behind a proxy on the server everyone comes from there.
    So the address that the browser went to must be a loopback one too, and no header may tell
    of a proxy.
    """
    names = {name.lower(): text for name, text in headers.items()}
    if any(header.lower() in names for header in FORWARDING_HEADERS):
        return False
    if not is_loopback(_host(names.get("host", ""))):
        return False
    if "origin" in names and not is_loopback(_host(names["origin"].rpartition("//")[2])):
        return False
    return address is None or is_loopback(address)


def is_loopback(host: str) -> bool:
    """Whether a name or an address is that of the machine itself."""
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def _host(host_and_port: str) -> str:
    """ "[::1]:8501" gives "::1"."""
    if host_and_port.startswith("["):
        return host_and_port[1:].partition("]")[0]
    return host_and_port.partition(":")[0]
