"""What stands in settings: lists and words, a password in a URL, the address to listen on."""

from datetime import date

from actors.dates.candidates import DateOrder
from daemon.listen import EXPECTED, ListenAddress, parse_listen_address
from daemon.settings.words import hide_password, read_capitals, read_dates, read_languages, read_list, read_mode, read_when
from tests.fuzz.target import Target, split, text

SECRET = "s3cret"


def fuzz_settings_words(data: bytes) -> None:
    """Any word is one of ours, a list, or refused in words."""
    word = text(data)
    assert isinstance(read_when(word), str)
    assert isinstance(read_mode(word), str)
    assert isinstance(read_languages(word), list)
    assert isinstance(read_capitals(word), str)
    try:
        assert isinstance(read_dates(word, DateOrder.DMY, date(2024, 5, 15)), list)
    except ValueError as error:
        assert str(error).startswith(("must be a list", "must be dates")), error
    try:
        found = read_list(word)
    except ValueError as error:
        assert str(error).startswith("must be a list"), error
        return
    assert isinstance(found, list)


def fuzz_hidden_password(data: bytes) -> None:
    """The password of a URL is never shown, whatever stands around it."""
    scheme, user, password, rest = (text(part) for part in split(data, 4))
    scheme, user, password = scheme.replace("://", ""), user.replace(":", ""), f"{password.replace(SECRET, '')}{SECRET}"
    url = f"{scheme}://{user}:{password}@{rest.replace(SECRET, '')}"
    assert SECRET not in hide_password(url), url


def fuzz_listen(data: bytes) -> None:
    """Any text is an address, the same when written and read again, or refused with what was expected."""
    try:
        address = parse_listen_address(text(data))
    except ValueError as error:
        assert str(error) == EXPECTED, error
        return
    assert 0 < address.port < 65536
    assert parse_listen_address(str(address)) == address
    assert isinstance(address.reachable, ListenAddress)


TARGETS = (
    Target(fuzz_settings_words, (b"auto", b"clean-final", b"a, b,c", b'["a", "b"]', b"deu+eng", b"2024-12-31, 5.3.18", b"[", b"[[[[")),
    Target(fuzz_hidden_password, (b"postgresql\xffuser\xffp@ss:w\xffhost:5432/db?sslmode=require", b"\xff\xff\xff")),
    Target(fuzz_listen, (b"127.0.0.1:8440", b"[::1]:8440", b"localhost:1", b"[fe80::1%eth0]:80", b"0.0.0.0:65535", b":80", b"1:2:3")),
)
