"""The one grammar of search box, API filter and saved views.

    query    = [ or ] ;                                       (* nothing: every document *)
    or       = and , { "OR" , and } ;
    and      = unary , { [ "AND" ] , unary } ;                (* words side by side: all of them *)
    unary    = ( "NOT" | "-" ) , unary | operand ;
    operand  = "(" , or , ")" | field , ":" , value | phrase | word | "*" ;
    field    = NAME | "field." , ( NAME | phrase ) ;          (* see fields.py *)
    value    = "(" , or , ")"                                 (* each operand in it is a value of the field *)
             | "*"                                            (* has any value *)
             | range | compare , bound | "=" , ( phrase | word )   (* =: the whole value *)
             | phrase | word | number | date | mark ;
    range    = "[" , bound , " to " , bound , "]" ;           (* both included; * leaves a side open *)
    compare  = ">=" | "<=" | ">" | "<" ;
    bound    = number | date | phrase | "*" ;
    word     = [ "*" ] , LETTERS , [ "*" ] | LETTERS , "~" , [ "1" | "2" ] ;
    mark     = "inbox" | "processing" | "failed" | "warned" ;  (* of the field `is` *)
    phrase   = '"' , LETTERS , '"' ;                          (* “ ” „ are quotes too *)
    date     = YEAR | YEAR-MONTH | YEAR-MONTH-DAY | "today" | "yesterday" | ( "+" | "-" ) COUNT ( d | w | m | q | y )
             | ( "this" | "last" | "previous" | "next" ) ( "week" | "month" | "quarter" | "year" ) ;

AND, OR and NOT are keywords in capitals only. A backslash takes the next letter as it is. Dates become days while parsing, so `today` is an
argument. What the value of a custom field means depends on the field, so `names` is one too: a name that no field has is an error like that
of any other field, since it would find nothing, and behind a NOT everything.
"""

from datetime import date

from actors.index.analysis import LEAST_PART
from actors.index.dates import PERIOD_STARTS
from actors.index.errors import QueryError
from actors.index.fields import Field, FieldKind, find_field, known_fields
from actors.index.names import Names
from actors.index.query import KEYWORDS, And, Everything, Match, Node, Not, Or, Phrase, Present, Word
from actors.index.tokens import Scanner
from actors.index.values import parse_comparison, parse_range, parse_single

MAX_DEPTH = 40
MAX_OPERANDS = 128
_COMPARISONS = (">=", "<=", ">", "<")
_BY_WORDS = frozenset({FieldKind.TEXT, FieldKind.AMOUNT, FieldKind.CUSTOM})


def parse(text: str, today: date, names: Names | None = None) -> Node:
    """Read a query. Raises QueryError, and nothing else. Without `names`, any custom field may be there, and hold anything."""
    return _Parser(text, today, names).query()


class _Parser:
    """Recursive descent; one letter of look-ahead; every letter is read a bounded number of times."""

    def __init__(self, text: str, today: date, names: Names | None) -> None:
        self._scanner = Scanner(text)
        self._today = today
        self._names = names
        self._depth = 0
        self._operands = 0

    def query(self) -> Node:
        """Read the whole query."""
        self._scanner.skip_space()
        if not self._scanner.peek():
            return Everything()
        node = self._or(None)
        if self._scanner.peek():
            raise QueryError(self._scanner.column, "a ( before it", "a ) that nothing opened")
        return node

    def _or(self, field: Field | None) -> Node:
        nodes = [self._and(field)]
        while self._take_keyword("OR"):
            nodes.append(self._and(field))
        return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))

    def _and(self, field: Field | None) -> Node:
        nodes = [self._unary(field)]
        while self._take_keyword("AND") or self._more():
            nodes.append(self._unary(field))
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _more(self) -> bool:
        """Tell whether another operand follows side by side."""
        return self._scanner.peek() not in ("", ")") and not self._at_keyword("OR")

    def _unary(self, field: Field | None) -> Node:
        self._scanner.skip_space()
        column = self._scanner.column
        if self._take_minus(field) or self._take_keyword("NOT"):
            self._enter(column)
            negated = Not(self._unary(field))
            self._depth -= 1
            return negated
        node = self._group(field) if self._scanner.peek() == "(" else self._operand(field)
        self._scanner.skip_space()
        return node

    def _take_minus(self, field: Field | None) -> bool:
        """Pass over a minus that negates; before white space it is a dash, before a number or date of a field it is a sign."""
        following = self._scanner.peek(1)
        if self._scanner.peek() != "-" or not following or following.isspace() or following == ")":
            return False
        if field is not None and field.kind is not FieldKind.TEXT and following.isdigit():
            return False
        return self._scanner.take("-")

    def _group(self, field: Field | None) -> Node:
        column = self._scanner.column
        self._enter(column)
        self._scanner.take("(")
        self._scanner.skip_space()
        if self._scanner.peek() == ")":
            raise QueryError(column, "a word between ( and )", "an empty group")
        node = self._or(field)
        if not self._scanner.take(")"):
            raise QueryError(column, "a closing )", "a group that is never closed")
        self._depth -= 1
        return node

    def _enter(self, column: int) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(column, f"at most {MAX_DEPTH} groups inside each other", "too many groups inside each other")

    def _operand(self, field: Field | None) -> Node:
        column = self._scanner.column
        self._operands += 1
        if self._operands > MAX_OPERANDS:
            raise QueryError(column, f"at most {MAX_OPERANDS} words", "too many words")
        if self._scanner.peek() in ("", ")") or any(self._at_keyword(keyword) for keyword in KEYWORDS):
            raise QueryError(column, "a word, a phrase, a field or a group", "something is missing here")
        named = self._field()
        if named is not None:
            return self._group(named) if self._scanner.peek() == "(" else self._value(named)
        return self._value(field) if field is not None else self._plain("")

    def _field(self) -> Field | None:
        column = self._scanner.column
        name = self._scanner.take_field()
        if name is None:
            return None
        field, following = find_field(name, self._names), self._scanner.peek()
        bare = not following or following.isspace() or following == ")"
        if field is None and bare:  # `Re: something` is no field
            self._scanner.untake(column)
            return None
        if field is None:
            raise QueryError(column, known_fields(name, self._names), f'there is no field "{name}"')
        if bare:
            raise QueryError(
                self._scanner.column, f"a value right after the colon, as in {field.example}", f'the field "{name}" has no value'
            )
        return field

    def _value(self, field: Field) -> Node:
        scanner, column = self._scanner, self._scanner.column
        if scanner.take("["):
            return parse_range(field, scanner.bracketed(), column, self._today)
        for sign in _COMPARISONS:
            if scanner.take(sign):
                column = scanner.column
                return parse_comparison(field, sign, self._text(field), column, self._today)
        if field.kind in _BY_WORDS:
            return self._whole(field) if scanner.take("=") else self._plain(field.name)
        scanner.take("=")
        text = self._text(field)
        return Present(field.name) if text == "*" and field.kind is not FieldKind.MARK else parse_single(field, text, column, self._today)

    def _whole(self, field: Field) -> Node:
        column, text = self._scanner.column, self._text(field)
        if not text:
            raise QueryError(column, f'a value, as in {field.name}:="some value"', "an empty value")
        return Word(text, field.name, Match.WHOLE)

    def _plain(self, field: str) -> Node:
        column = self._scanner.column
        if self._scanner.at_quote():
            text = self._scanner.quoted()
            if not text.strip():
                raise QueryError(column, "words between the quotes", "an empty phrase")
            return Phrase(text, field)
        word = self._scanner.word()
        if word.match in (Match.SUFFIX, Match.INFIX) and word.text.isascii() and 0 < len(word.text) < LEAST_PART:
            raise QueryError(column, f"at least {LEAST_PART} letters", "too short a part of a word")
        if word.text:
            return Word(word.text, field, word.match, word.fuzzy)
        if word.match is Match.SUFFIX:
            return Present(field) if field else Everything()
        raise QueryError(column, "a word", "something is missing here")

    def _text(self, field: Field) -> str:
        """Read a value as it is written, in quotes or not; `last week` needs none."""
        if self._scanner.at_quote():
            return self._scanner.quoted()
        begin = self._scanner.column
        text = self._scanner.verbatim()
        if field.kind is FieldKind.DATE and text.lower() in PERIOD_STARTS:
            self._scanner.skip_space()
            text = f"{text} {self._scanner.verbatim()}"
        if not text:
            raise QueryError(begin, f"a value, as in {field.example}", f'the field "{field.name}" has no value')
        return text

    def _at_keyword(self, keyword: str) -> bool:
        following = self._scanner.peek(len(keyword))
        return self._scanner.at(keyword) and (not following or following.isspace() or following in "()")

    def _take_keyword(self, keyword: str) -> bool:
        self._scanner.skip_space()
        return self._at_keyword(keyword) and self._scanner.take(keyword)
