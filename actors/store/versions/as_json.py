"""Page orders as they are kept, and back."""

from collections.abc import Mapping
from typing import Any

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.page_orders import Outcome, PageOrder, Piece, TurnedPage


def kept_order(order: PageOrder) -> dict[str, Any]:
    """Write an order as JSON."""
    parts = [
        [[piece.document_id, piece.version, [[page.number, page.turn] for page in piece.pages]] for piece in part] for part in order.parts
    ]
    return {
        "outcome": order.outcome.value,
        "subject": order.subject,
        "parts": parts,
        "label": order.label,
        "discard": order.discard,
    }


def order_of(kept: Mapping[str, Any]) -> PageOrder:
    """Read an order."""
    parts = tuple(
        tuple(Piece(DocumentId(document), version, tuple(TurnedPage(*page) for page in pages)) for document, version, pages in part)
        for part in kept["parts"]
    )
    return PageOrder(Outcome(kept["outcome"]), DocumentId(kept["subject"]), parts, kept["label"], kept["discard"])
