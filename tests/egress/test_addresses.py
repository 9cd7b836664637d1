"""Where addresses lead."""

import pytest

from actors.egress.addresses import Reach, address_of, reach_of


def reach(text: str) -> Reach | None:
    address = address_of(text)
    return None if address is None else reach_of(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "2a00:1450:4001::1"])
def test_a_host_of_the_internet_is_of_the_internet(address: str) -> None:
    assert reach(address) is Reach.INTERNET


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.255"),
        *("::1", "fc00::1", "fd12:3456::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:7f00:1"),
    ],
)
def test_this_machine_and_private_networks_are_ones_own(address: str) -> None:
    assert reach(address) is Reach.OWN_NETWORK


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104  # refused
        *("0.0.0.1", "169.254.169.254", "100.100.100.200", "192.0.0.1", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1"),
        *("203.0.113.1", "192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("::", "::127.0.0.1", "::8.8.8.8", "::ffff:169.254.169.254", "::ffff:0:7f00:1", "fd00:ec2::254"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001::1", "2001:db8::1"),
        *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1"),
    ],
)
def test_every_other_address_is_special(address: str) -> None:
    assert reach(address) is Reach.SPECIAL


@pytest.mark.parametrize(
    "text", ["", "example.org", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.0.0.1.", "127.0.0.1:80", "[::1]"]
)
def test_what_is_only_nearly_an_address_is_none(text: str) -> None:
    assert address_of(text) is None
