"""What has another name, noted for whoever follows; it costs one row, however many documents bear it."""

from sqlalchemy.orm import Session

from actors.store.nouns.catalog import LabelKind
from actors.store.rows.folders import RenamedRow

_FIELD = "field"


def note_renamed(session: Session, kind: LabelKind | None, item_id: int) -> None:
    """Note that a label, or a field where `kind` is None, has another name, options or template."""
    session.merge(RenamedRow(kind=said(kind), item_id=item_id))


def said(kind: LabelKind | None) -> str:
    """Give a kind as it stands in its row."""
    return _FIELD if kind is None else kind.value


def kind_of(word: str) -> LabelKind | None:
    """Give the kind that stands in a row."""
    return None if word == _FIELD else LabelKind(word)
