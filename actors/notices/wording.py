"""What is told, in words: one message for all that happened since the last."""

from collections.abc import Sequence
from dataclasses import dataclass

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.notifications import Event

# More lines are a list that nobody reads on a phone.
MOST_LINES = 20
_LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Told:
    """A happening as its owner may know it: the document by its title, and what tells one happening from another."""

    document: DocumentId
    title: str
    event: Event
    words: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `title` in one line, `lines` of text, and `link` to the one document, or to the archive; '' where that has no address."""

    title: str
    lines: tuple[str, ...]
    link: str
    told: tuple[Told, ...] = ()

    @property
    def body(self) -> str:
        """Give all lines."""
        return "\n".join(self.lines)


def message_of(told: Sequence[Told], public_url: str) -> Message:
    """Write a message about at least one happening."""
    lines = [_line(one) for one in told[:MOST_LINES]]
    if len(told) > MOST_LINES:
        lines.append(f"and {len(told) - MOST_LINES} more")
    alone = {one.document for one in told}
    link = public_url and (f"{public_url}/documents/{told[0].document}" if len(alone) == 1 else public_url)
    title = lines[0] if len(told) == 1 else f"Scriba: {len(told)} notices about {_count(len(alone))}"
    return Message(title, tuple(lines), link, tuple(told))


def test_message(name: str, public_url: str) -> Message:
    """Write what tells that a notification works."""
    return Message("Scriba: a test", (f"The notification “{name}” reaches you.",), public_url)


def _line(one: Told) -> str:
    title = one.title if len(one.title) <= _LONGEST_TITLE else f"{one.title[: _LONGEST_TITLE - 1]}…"
    match one.event:
        case Event.FAILED:
            return f"Could not be read: {title}"
        case Event.ATTENTION:
            return f"Needs attention: {title}"
        case Event.VIEW:
            return f"New in “{one.words}”: {title}"
        case Event.DUE:
            return f"Due ({one.words}): {title}"


def _count(documents: int) -> str:
    return "1 document" if documents == 1 else f"{documents} documents"
