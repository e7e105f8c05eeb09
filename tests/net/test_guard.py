import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.net.guard import is_literal, is_local_name, why_not_public

NOT_PUBLIC = (
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
    "fec0::1",
    "ff02::1",
)
PUBLIC = (
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "168.63.129.15",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450:4001:81b::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_public_is_named(address: str) -> None:
    assert why_not_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_passes(address: str) -> None:
    assert why_not_public(address) is None


def test_the_kind_is_said() -> None:
    assert why_not_public("127.0.0.1") == "loopback"
    assert why_not_public("::ffff:192.168.0.1") == "private use"
    assert why_not_public("169.254.169.254") == "link-local, cloud metadata"


@given(st.ip_addresses(v=4))
def test_nothing_passes_that_the_standard_library_calls_not_global(address: ipaddress.IPv4Address) -> None:
    assert address.is_global or why_not_public(str(address))


@given(st.ip_addresses(v=4))
def test_an_ipv6_address_that_carries_an_ipv4_address_is_judged_by_it(address: ipaddress.IPv4Address) -> None:
    carried = (
        f"::ffff:{address}",
        f"64:ff9b::{address}",
        str(ipaddress.IPv6Address((0x2002 << 112) | int(address) << 80)),
    )
    assert {why_not_public(one) for one in carried} == {why_not_public(str(address))}


@pytest.mark.parametrize("host", ["localhost", "localhost.", "a.b.localhost"])
def test_local_names_mean_this_machine(host: str) -> None:
    assert is_local_name(host)


@pytest.mark.parametrize("host", ["localhost.example.org", "notlocalhost", "example.org"])
def test_other_names_do_not(host: str) -> None:
    assert not is_local_name(host)


def test_literals_are_addresses_and_not_names() -> None:
    assert [is_literal(host) for host in ("1.2.3.4", "::1", "example.org", "1.2.3")] == [True, True, False, False]
