"""What a query means, as a tree of small values, and how the tree is written down again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

QUOTES = '"“”„'
KEYWORDS = frozenset({"AND", "OR", "NOT"})
SPECIAL = frozenset(QUOTES + "()\\*~:")


class Match(StrEnum):
    """How a word is compared with the words of a document."""

    WORD = "word"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    INFIX = "infix"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word; `field` '' means wherever words are looked for. `fuzzy` is the number of letters that may differ (0 to 2)."""

    text: str
    field: str = ""
    match: Match = Match.WORD
    fuzzy: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, side by side."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers from `low` to `high`, both included; None leaves a side open."""

    field: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `first` to `last`, both included; None leaves a side open."""

    field: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Present:
    """Documents that have any value in the field."""

    field: str


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that the inner query does not find."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Documents that every inner query finds."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that any inner query finds."""

    nodes: tuple["Node", ...]


Node = Everything | Word | Phrase | NumberRange | DateRange | Present | Not | And | Or


def render(node: Node) -> str:
    """Write a tree so that parsing gives the same tree."""
    return "" if isinstance(node, Everything) else _render(node)


def _render(node: Node) -> str:
    match node:
        case Everything():
            return "*"
        case Word():
            return prefix(node.field) + _word(node)
        case Phrase():
            return f'{prefix(node.field)}"{_quoted(node.text)}"'
        case NumberRange():
            return prefix(node.field) + _bounds(_number(node.low), _number(node.high))
        case DateRange():
            return prefix(node.field) + _bounds(_day(node.first), _day(node.last))
        case Present():
            return prefix(node.field) + "*"
        case Not():
            return "-" + _operand(node.node)
        case And():
            return " ".join(_operand(inner) for inner in node.nodes)
        case Or():
            return " OR ".join(_operand(inner) for inner in node.nodes)


def _operand(node: Node) -> str:
    return f"({_render(node)})" if isinstance(node, And | Or) else _render(node)


def prefix(field: str) -> str:
    """Write a field's name, in quotes where it needs them, and its colon; nothing for no field."""
    if not field:
        return ""
    noun, dot, name = field.partition(".")
    if dot and not all(letter.isalnum() or letter in "_-" for letter in name):
        return f'{noun}."{_quoted(name)}":'
    return f"{field}:"


def _word(word: Word) -> str:
    text = escaped(word.text)
    fuzzy = {0: "", 1: "~", 2: "~2"}[word.fuzzy]
    match word.match:
        case Match.WORD:
            return text + fuzzy
        case Match.PREFIX:
            return f"{text}*"
        case Match.SUFFIX:
            return f"*{text}"
        case Match.INFIX:
            return f"*{text}*"
        case Match.WHOLE:
            return f'="{_quoted(word.text)}"'


def escaped(text: str) -> str:
    """Write a word so that no letter of it is taken for grammar."""
    plain = "".join(f"\\{letter}" if letter in SPECIAL or letter.isspace() else letter for letter in text)
    return f"\\{plain}" if text in KEYWORDS or text[0] in "-=<>[" else plain


def _quoted(text: str) -> str:
    return "".join(f"\\{letter}" if letter in QUOTES or letter == "\\" else letter for letter in text)


def _bounds(low: str, high: str) -> str:
    if not high:
        return f">={low}"
    if not low:
        return f"<={high}"
    return f"[{low} to {high}]"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()
