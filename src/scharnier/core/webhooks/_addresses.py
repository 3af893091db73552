# SPDX-License-Identifier: EUPL-1.2
"""Where a webhook may go: over https to a machine on the public internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from scharnier.core.kernel import Invalid

LONGEST: Final = 500  # characters
PRINTABLE: Final = range(0x21, 0x7F)
HIGHEST_PORT: Final = 65535
NAT64: Final = IPv6Network("64:ff9b::/96")  # the last 32 bits are an address of IPv4


class BadAddress(Invalid):
    """That is no address that a webhook can be sent to."""

    code = "webhooks.bad_address"


class ForbiddenAddress(Invalid):
    """The address leads to a machine of our own, or to one that the public internet does not reach."""

    code = "webhooks.forbidden_address"


def check_address(address: str, *, on_loopback: bool = False) -> None:
    """Let an address pass that a webhook may have, as far as its text tells.

    Parameters
    ----------
    address
        As somebody filled it in.
    on_loopback
        Whether this machine itself may be told too, also over http; for a demonstration and for tests.

    Raises
    ------
    BadAddress
        When it does not start with https://, names nobody, or holds a password, a #part or a blank.
    ForbiddenAddress
        When it names a machine that is not reached over the internet.

    Notes
    -----
    A name may lead elsewhere tomorrow. What counts is `is_reachable`, asked of the address connected to.

    Examples
    --------
    >>> check_address("https://example.org/hooks/1")
    >>> check_address("https://10.0.0.1/")
    Traceback (most recent call last):
    ...
    scharnier.core.webhooks._addresses.ForbiddenAddress: webhooks.forbidden_address: {}
    """
    parts = _split(address)
    if len(address) > LONGEST or any(ord(letter) not in PRINTABLE for letter in address):
        raise BadAddress
    if parts.username is not None or parts.password is not None or "#" in address:
        raise BadAddress
    host = (parts.hostname or "").rstrip(".")
    is_here = _is_here(host)
    if not host or parts.scheme not in ({"https", "http"} if on_loopback and is_here else {"https"}):
        raise BadAddress
    if not (on_loopback if is_here else _may_be_reached(host)):
        raise ForbiddenAddress


def is_reachable(ip: str, *, on_loopback: bool = False) -> bool:
    """Tell whether a webhook may be sent to a numeric address.

    Parameters
    ----------
    ip
        IPv4 or IPv6, as connected to.
    on_loopback
        Whether this machine itself may be told too.

    Returns
    -------
    bool
        False for private, loopback, link-local, shared, reserved and multicast addresses, and for addresses
        of IPv6 that lead to such a one of IPv4.

    References
    ----------
    .. [1] IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6052 (2010), NAT64; RFC 3056, 6to4.

    Examples
    --------
    >>> is_reachable("93.184.216.34"), is_reachable("169.254.169.254"), is_reachable("::ffff:10.0.0.1")
    (True, False, False)
    >>> is_reachable("127.0.0.1"), is_reachable("127.0.0.1", on_loopback=True)
    (False, True)
    """
    found = _plain(ip_address(ip.partition("%")[0]))
    if found.is_loopback:
        return on_loopback
    if isinstance(found, IPv6Address) and found.teredo is not None:
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        is_port = parts.port is None or 0 < parts.port <= HIGHEST_PORT
    except ValueError:
        raise BadAddress from None
    if not is_port:
        raise BadAddress
    return parts


def _plain(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the address of IPv4 that one of IPv6 stands for, where it does."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def _is_here(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return _plain(ip_address(host)).is_loopback
    except ValueError:
        return False


def _may_be_reached(host: str) -> bool:
    """Tell whether a name could be one of the internet; one without a dot is of a local network."""
    try:
        return is_reachable(host)
    except ValueError:
        return "." in host
