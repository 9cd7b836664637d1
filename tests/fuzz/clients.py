"""What a client takes from its user and from a server that may be hostile."""

import json
import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

from google.protobuf.json_format import ParseDict

from scriba.address import parse_address
from scriba.download import own_name
from scriba.errors import InvalidArgument
from scriba.v1.documents_pb2 import Document
from scriba_cli.exit_codes import query_words, words_of
from scriba_cli.proto_json import json_of
from scriba_cli.terminal import plain, plain_lines
from tests.fuzz.target import Target, split, text

# What a terminal obeys, ASCII's own and those of the eight-bit codes, and what turns a line round.
COMMANDS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def fuzz_address(data: bytes) -> None:
    """Any text is the address of a server, the same when written and read again, or refused in words."""
    try:
        address = parse_address(text(data))
    except ValueError as error:
        assert str(error).startswith("not a server address"), error
        return
    assert 0 < address.port < 65536
    assert address.host
    scheme = "https" if address.tls else "http"
    assert parse_address(f"{scheme}://{address}") == address


def fuzz_own_name(data: bytes) -> None:
    """Whatever name a server gives, the file lies in the chosen folder, is seen there, and bears a harmless name."""
    name = own_name(text(data))
    assert PurePosixPath("chosen", name).parent == PurePosixPath("chosen")
    assert PureWindowsPath("C:\\chosen", name).parent == PureWindowsPath("C:\\chosen")
    assert 1 <= len(name.encode()) <= 255
    assert name[0] not in ".-"
    assert not PureWindowsPath(name).is_reserved()
    assert COMMANDS.search(name) is None, ascii(name)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name)
    assert own_name(name) == name


def fuzz_terminal(data: bytes) -> None:
    """Nothing that a server says commands the terminal, as a line, as lines or as JSON; JSON says it all the same."""
    said = data.decode("utf-8", "replace")
    assert COMMANDS.search(plain(said)) is None
    assert "\n" not in plain(said)
    assert COMMANDS.search(plain_lines(said)) is None
    document = Document(title=said, tags=[said])
    shown = json_of(document, indent=2)
    assert COMMANDS.search(shown) is None
    assert ParseDict(json.loads(shown), Document()) == document


def fuzz_refusal(data: bytes) -> None:
    """Whatever a server attaches to an error, there are words for it."""
    query, message, column = (text(part) for part in split(data, 3))
    error = InvalidArgument(message, metadata={"column": column})
    assert isinstance(words_of(error, "server"), str)
    words = query_words(query, error)
    assert words is None or words.endswith("^")


TARGETS = (
    Target(fuzz_address, (b"127.0.0.1:8440", b"https://archive.example:443/", b"[::1]:80", b"archive.example", b"http://a@b:1?c#d")),
    Target(
        fuzz_own_name,
        (
            b"letter.pdf",
            b"../../.bashrc",
            b"..\\..\\autoexec.bat",
            b"C:evil.pdf",
            b"-rf",
            b"NUL.pdf",
            b"con",
            b"a\0b",
            b"\x1b]0;title\x07.pdf",
            b"a" * 300 + b".pdf",
            "\u202efdp.exe".encode(),
            b". .",
            b"stream.pdf:hidden",
        ),
        found=(b"\n\0n:",),
    ),
    Target(fuzz_terminal, (b"\x1b[2Jtitle", "\x9b2J\u202e\u2028".encode(), b"two\nlines\r\x08", "Größe 中文".encode())),
    Target(fuzz_refusal, (b"title:(a\xffa group that is never closed\xff7", b"a\xffb\xff99", b"a\xff\xff" + "٣".encode(), b"")),
)
