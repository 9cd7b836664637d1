"""Reads what IMAP servers answer to FETCH (RFC 9051, 7.5.2)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

# What an answer is made of: lists in parentheses, strings, None for NIL; atoms are strings, too.
Value: TypeAlias = "bytes | Sequence[Value] | None"
# As imaplib gives them: a piece that ends in a literal, with it; the last piece alone.
Piece: TypeAlias = "tuple[bytes, bytes] | bytes | None"

DEEPEST = 60
_TOKEN = re.compile(rb'\s*(?:(?P<open>\()|(?P<close>\))|"(?P<string>(?:[^"\\]|\\.)*)"|(?P<atom>(?:[^\s()\[\]"]|\[[^\]]*\])+))', re.DOTALL)
_ANNOUNCED = re.compile(rb"\{\d+\}$")
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)


class AnswerUnreadable(ValueError):
    """A server said what IMAP does not know."""


def read_fetched(pieces: Iterable[Piece]) -> Iterator[Mapping[bytes, Value]]:
    """Read the answers to a FETCH, each by the names of its items, in capitals. Raises AnswerUnreadable."""
    run: list[Piece] = []
    for piece in pieces:
        run.append(piece)
        if isinstance(piece, bytes):
            yield _items(read_values(run))
            run = []


def read_values(pieces: Iterable[Piece]) -> Sequence[Value]:
    """Read what pieces say together. Raises AnswerUnreadable."""
    stack: list[list[Value]] = [[]]
    for kind, value in _tokens(pieces):
        if kind == "open":
            stack.append([])
            if len(stack) > DEEPEST:
                raise AnswerUnreadable("its lists lie too deep inside each other")
        elif kind == "close":
            if len(stack) == 1:
                raise AnswerUnreadable("a list ends that has not begun")
            ended = stack.pop()
            stack[-1].append(ended)
        else:
            stack[-1].append(value)
    if len(stack) > 1:
        raise AnswerUnreadable("a list does not end")
    return stack[0]


def _tokens(pieces: Iterable[Piece]) -> Iterator[tuple[str, bytes | None]]:
    for piece in pieces:
        text, literal = piece if isinstance(piece, tuple) else (piece or b"", None)
        yield from _tokens_of(_ANNOUNCED.sub(b"", text) if literal is not None else text)
        if literal is not None:
            yield "string", literal


def _tokens_of(text: bytes) -> Iterator[tuple[str, bytes | None]]:
    place, end = 0, len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if found is None:
            raise AnswerUnreadable(f"it says {text[place : place + 20]!r}")
        place, kind = found.end(), found.lastgroup or ""
        if kind == "string":
            yield kind, _ESCAPED.sub(rb"\1", found["string"])
        elif kind == "atom":
            yield kind, None if found["atom"].upper() == b"NIL" else found["atom"]
        else:
            yield kind, None


def _items(values: Sequence[Value]) -> Mapping[bytes, Value]:
    """Give the items of one answer: `7 (UID 3 RFC822.SIZE 20)`."""
    items = next((value for value in values if isinstance(value, list)), [])
    return {name.upper(): value for name, value in zip(items[::2], items[1::2], strict=False) if isinstance(name, bytes)}
