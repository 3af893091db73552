# SPDX-License-Identifier: EUPL-1.2
"""Where a webhook may go: no trick of writing leads to a machine of our own."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.webhooks import BadAddress, ForbiddenAddress, check_address, is_reachable

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "0.0.0.0/8")
OURS = [*PRIVATE, "224.0.0.0/4", "240.0.0.0/4"]
LOOPBACK = ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"]


def within(network):
    found = IPv4Network(network)
    first, last = int(found.network_address), int(found.broadcast_address)
    return st.integers(first, last).map(IPv4Address)


ours = st.sampled_from(OURS).flatmap(within)


def wrapped(ip):
    """Return the ways in which an address of IPv6 stands for one of IPv4."""
    return [
        str(ip),
        f"::ffff:{ip}",
        str(IPv6Address((0x64FF9B << 96) | int(ip))),
        str(IPv6Address((0x2002 << 112) | (int(ip) << 80))),
    ]


class TestIsReachable:
    @given(ip=ours)
    def test_refuses_what_is_ours_in_every_wrapping(self, ip):
        assert [each for each in wrapped(ip) if is_reachable(each)] == []

    @given(ip=ours)
    def test_does_so_where_this_machine_may_be_told_too(self, ip):
        assert [each for each in wrapped(ip) if is_reachable(each, on_loopback=True)] == []

    @pytest.mark.parametrize("ip", LOOPBACK)
    def test_lets_this_machine_be_told_only_where_that_is_allowed(self, ip):
        assert not is_reachable(ip)
        assert is_reachable(ip, on_loopback=True)

    @pytest.mark.parametrize(
        "ip",
        ["::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "2001:0:4136::1"],
    )
    def test_refuses_the_same_of_ipv6(self, ip):
        assert not is_reachable(ip)

    @pytest.mark.parametrize("ip", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
    def test_lets_the_internet_pass(self, ip):
        assert is_reachable(ip)

    def test_takes_no_name(self):
        with pytest.raises(ValueError, match="localhost"):
            is_reachable("localhost")


class TestCheckAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "https://example.org",
            "https://hooks.example.org:8443/a/b?key=c",
            "https://93.184.216.34/",
            "https://[2606:4700::1111]/hook",
        ],
    )
    def test_lets_an_address_of_the_internet_pass(self, address):
        check_address(address)

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "example.org",
            "http://example.org/",
            "ftp://example.org/",
            "https://",
            "https:///hook",
            "https://user@example.org/",
            "https://user:secret@example.org/",
            "https://example.org/#part",
            "https://example.org/a b",
            "https://example.org/\r\nx: y",
            "https://exämple.org/",
            "https://example.org:0/",
            "https://example.org:99999/",
            "https://example.org:poort/",
            "https://[::1/",
            "https://example.org/" + "a" * 500,
            "javascript:alert(1)",
        ],
    )
    @pytest.mark.parametrize("on_loopback", [False, True])
    def test_refuses_what_is_no_such_address(self, address, on_loopback):
        with pytest.raises(BadAddress):
            check_address(address, on_loopback=on_loopback)

    @pytest.mark.parametrize(
        "address",
        [
            "https://10.1.2.3/",
            "https://192.168.1.1:8443/",
            "https://169.254.169.254/latest/meta-data/",
            "https://[fe80::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://intranet/",
            "https://2130706433/",
        ],
    )
    @pytest.mark.parametrize("on_loopback", [False, True])
    def test_refuses_what_the_internet_does_not_reach(self, address, on_loopback):
        with pytest.raises(ForbiddenAddress):
            check_address(address, on_loopback=on_loopback)

    @pytest.mark.parametrize("host", ["localhost", "localhost.", "a.localhost", "127.0.0.1", "[::1]"])
    def test_takes_this_machine_only_where_that_is_allowed(self, host):
        check_address(f"http://{host}:8000/hook", on_loopback=True)
        check_address(f"https://{host}/hook", on_loopback=True)

        with pytest.raises(ForbiddenAddress):
            check_address(f"https://{host}/hook")
        with pytest.raises(BadAddress):
            check_address(f"http://{host}/hook")

    @given(text=st.text(max_size=60))
    def test_refuses_whatever_else_with_one_of_two_errors(self, text):
        with pytest.raises((BadAddress, ForbiddenAddress)):
            check_address(f"https:// {text}")
