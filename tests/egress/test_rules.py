"""Who may be called is listed by name, address or network."""

import pytest

from actors.egress.errors import Refused, Why
from actors.egress.rules import Listed, Rules, read_listed


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("NAS.lan", "nas.lan"),
        ("nas.lan.:8123", "nas.lan:8123"),
        ("localhost", "localhost"),
        ("10.0.0.5", "10.0.0.5/32"),
        ("10.0.0.5:80", "10.0.0.5/32:80"),
        ("192.168.1.7/24", "192.168.1.0/24"),
        ("fd00::1", "fd00::1/128"),
        ("[fd00::1]:80", "[fd00::1/128]:80"),
        ("fd00::/8", "fd00::/8"),
    ],
)
def test_an_entry_of_the_list_is_read(text: str, written: str) -> None:
    assert str(Listed.parse(text)) == written
    assert Listed.parse(written) == Listed.parse(text)


@pytest.mark.parametrize(
    "text", ["", "127.1", "0x7f.1", "2130706433", "10.0.0.0/33", "nas.lan:0", "nas.lan:99999", "a..b", "http://nas.lan", "nas lan", "ü.lan"]
)
def test_what_is_no_host_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(no port|neither a host's name)"):
        Listed.parse(text)


RULES = Rules(listed=read_listed(("nas.lan:8123", "10.1.0.0/16", "169.254.7.7:80")))


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("nas.lan", 8123, "192.168.1.9"),
        ("NAS.LAN.", 8123, "::1"),
        ("any.example", 443, "10.1.2.3"),
        ("any.example", 443, "::ffff:10.1.2.3"),
        ("169.254.7.7", 80, "169.254.7.7"),
    ],
)
def test_who_is_listed_may_be_called(host: str, port: int, address: str) -> None:
    RULES.check_addresses(host, port, [address, "1.1.1.1"])


@pytest.mark.parametrize(
    ("host", "port", "address", "why"),
    [
        ("nas.lan", 80, "192.168.1.9", Why.OWN_NETWORK),
        ("evil.nas.lan", 8123, "192.168.1.9", Why.OWN_NETWORK),
        ("nas.lan", 8123, "169.254.169.254", Why.SPECIAL),
        ("any.example", 443, "10.2.2.3", Why.OWN_NETWORK),
        ("169.254.7.7", 443, "169.254.7.7", Why.SPECIAL),
        ("any.example", 443, "not an address", Why.SPECIAL),
    ],
)
def test_a_name_in_the_list_opens_no_other_host_port_or_special_address(host: str, port: int, address: str, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        RULES.check_addresses(host, port, ["1.1.1.1", address])
    assert refused.value.why is why


def test_ones_own_network_as_a_whole_holds_no_special_address() -> None:
    rules = Rules(internal=True)
    rules.check_addresses("any.example", 80, ["127.0.0.1", "fd00::1"])
    with pytest.raises(Refused, match=r"leads to a special address, 169\.254\.169\.254"):
        rules.check_addresses("any.example", 80, ["169.254.169.254"])
