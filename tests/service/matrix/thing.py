"""What calls name."""

from dataclasses import dataclass, fields
from itertools import count

# None of these numbers is given by the archive itself, and no other number in an answer has so many digits.
_numbers = count(70_000_001, 1_000)


@dataclass(frozen=True, slots=True)
class Thing:
    """The ids of a document, of some more to which one stands in the same way, of what belongs to it, and of one of everything else."""

    document: str
    partner: str
    # Its job is still queued.
    waiting: str
    trashed: str
    encrypted: str
    note: str
    assignment: str
    upload: str
    failed_job: str
    queued_job: str
    page_job: str
    bulk_job: str
    label: str
    field: str
    view: str
    workflow: str
    user: str
    group: str
    token: str
    share_link: str
    source: str
    mail_account: str
    mail_rule: str
    mail: str
    notification: str
    node: str

    @property
    def documents(self) -> tuple[str, ...]:
        """Name all documents."""
        return self.document, self.partner, self.waiting, self.trashed, self.encrypted


def new_thing() -> Thing:
    """Choose ids that nothing else has."""
    first = next(_numbers)
    return Thing(*(str(first + at) for at, _ in enumerate(fields(Thing))))
