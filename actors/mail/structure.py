"""What a mail is made of, as its server tells without sending it: enough to see that nothing in it is wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from actors.mail.answers import Value
from actors.mail.choosing import BESIDES, is_named
from actors.store.nouns.mail import RuleFacts, Scope


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds something. `name` is None where it can't be told for sure without the part: it may be written in a hundred ways."""

    mime_type: str
    name: str | None
    attached: bool


def leaves_of(structure: Value) -> Iterator[Leaf]:
    """List the parts of a BODYSTRUCTURE, as far as it can be read."""
    if not isinstance(structure, Sequence) or isinstance(structure, bytes) or not structure:
        return
    if isinstance(structure[0], list):
        for each in takewhile(lambda value: isinstance(value, list), structure):
            yield from leaves_of(each)
        return
    words = [value.decode("ascii", "replace").lower() if isinstance(value, bytes) else "" for value in structure[:2]]
    pairs = [pair for value in structure[2:] for pair in _pairs(value)]
    names = [value for name, value in pairs if name.partition(b"*")[0] in (b"name", b"filename")]
    attached = any(isinstance(value, list) and value and _lower(value[0]) == b"attachment" for value in structure[2:])
    yield Leaf("/".join(words), _sure_name(names), attached)


def may_be_wanted(leaves: Sequence[Leaf], rule: RuleFacts) -> bool:
    """Tell whether a rule may want something of a mail; True where that is not sure."""
    return rule.scope is not Scope.ATTACHMENTS or not leaves or any(_may_be_wanted(leaf, rule) for leaf in leaves)


def _may_be_wanted(leaf: Leaf, rule: RuleFacts) -> bool:
    if leaf.mime_type in BESIDES:
        return False
    if leaf.mime_type in ("text/plain", "text/html") and leaf.name == "" and not leaf.attached:
        return False
    # An attached mail is named by its subject, which stands inside it.
    return not leaf.name or leaf.mime_type == "message/rfc822" or is_named(leaf.name, rule.filters)


def _pairs(value: Value) -> Iterator[tuple[bytes, bytes]]:
    """List parameters: those of the type, and those of the disposition, which lie one deeper."""
    if not isinstance(value, list):
        return
    for name, given in zip(value[::2], value[1::2], strict=False):
        if isinstance(name, bytes) and isinstance(given, bytes):
            yield name.lower(), given
        elif isinstance(given, list):
            yield from _pairs(given)


def _sure_name(names: Sequence[bytes]) -> str | None:
    if not names:
        return ""
    if len(set(names)) > 1 or not names[0].isascii() or b"=?" in names[0] or b"%" in names[0] or b"\\" in names[0]:
        return None
    return " ".join(names[0].decode("ascii").split()) or None


def _lower(value: Value) -> bytes:
    return value.lower() if isinstance(value, bytes) else b""
