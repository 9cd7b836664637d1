"""What a mail says of itself: its subject, its day, and by whom it is where he is known."""

from collections.abc import Iterator, Sequence

from actors.ocr.messages import LetterFacts
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import Label, LabelKind

LONGEST_TITLE = 512


def from_letter(letter: LetterFacts, labels: Sequence[Label]) -> Iterator[Proposal]:
    """Propose title and date, and the correspondent that bears the sender's name or address; none is made of a stranger."""
    if letter.subject.strip():
        yield Proposal(Aspect.TITLE, letter.subject.strip()[:LONGEST_TITLE], Reason(Giver.TEXT, "the mail's subject"))
    if letter.sent is not None:
        yield Proposal(Aspect.CREATED_DATE, letter.sent, Reason(Giver.TEXT, "the mail's date", 1.0))
    senders = {name.strip().casefold() for name in (letter.sender_name, letter.sender)} - {""}
    known = [label for label in labels if label.kind is LabelKind.CORRESPONDENT and label.facts.name.casefold() in senders]
    for label in known[:1]:
        yield Proposal(Aspect.CORRESPONDENT, label.id, Reason(Giver.TEXT, "the mail's sender", 1.0))
