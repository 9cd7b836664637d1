"""Completes ids and names at the shell's prompt."""

from collections.abc import Callable, Iterable

import scriba
from scriba.v1.catalog_pb2 import LabelKind, ListFieldsRequest, ListViewsRequest

_MOST = 30
_SECONDS = 1.0
# As the server allows; and enough to find those that begin so among those that hold it.
_LONGEST, _SEEN = 128, 1_000

Offers = list[tuple[str, str]]


def complete_document(incomplete: str) -> Offers:
    """Give the newest documents whose id begins so, with their titles."""
    return _asked(lambda client: [(one.id, one.title) for one in client.list_documents(limit=_MOST) if one.id.startswith(incomplete)])


def complete_tag(incomplete: str) -> Offers:
    """Give tags whose names begin so."""
    return _labels(LabelKind.LABEL_KIND_TAG, incomplete)


def complete_correspondent(incomplete: str) -> Offers:
    """Give correspondents whose names begin so."""
    return _labels(LabelKind.LABEL_KIND_CORRESPONDENT, incomplete)


def complete_type(incomplete: str) -> Offers:
    """Give document types whose names begin so."""
    return _labels(LabelKind.LABEL_KIND_DOCUMENT_TYPE, incomplete)


def complete_path(incomplete: str) -> Offers:
    """Give storage paths whose names begin so."""
    return _labels(LabelKind.LABEL_KIND_STORAGE_PATH, incomplete)


def complete_field(incomplete: str) -> Offers:
    """Give custom fields whose names begin so."""
    return _asked(lambda client: _beginning(incomplete, ((one.name, "") for one in client.catalog.ListFields(ListFieldsRequest()).fields)))


def complete_view(incomplete: str) -> Offers:
    """Give saved views whose names begin so, with their queries."""
    return _asked(
        lambda client: _beginning(incomplete, ((one.name, one.query) for one in client.catalog.ListViews(ListViewsRequest()).views))
    )


def _labels(kind: LabelKind.ValueType, incomplete: str) -> Offers:
    return _asked(
        lambda client: _beginning(incomplete, ((one.name, "") for one in client.list_labels(kind, incomplete[:_LONGEST], limit=_SEEN)))
    )


def _beginning(incomplete: str, offers: Iterable[tuple[str, str]]) -> Offers:
    return [offer for offer in offers if offer[0].casefold().startswith(incomplete.casefold())][:_MOST]


def _asked(ask: Callable[[scriba.Client], Offers]) -> Offers:
    """Ask the server; nothing when it does not answer at once."""
    try:
        with scriba.Client(timeout=_SECONDS) as client:
            return ask(client)
    except (scriba.Error, ValueError):
        return []
