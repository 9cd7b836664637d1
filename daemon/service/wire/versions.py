"""Versions and page orders: ours and the contract's, in pairs."""

from collections.abc import Iterable

from actors.store.nouns.page_orders import PageResult, TurnedPage
from actors.store.nouns.versions import Version
from daemon.service.wire.assignments import GIVERS
from daemon.service.wire.values import timestamp
from scriba.v1 import versions_pb2 as pb


def version_message(version: Version) -> pb.Version:
    """Tell of a version."""
    return pb.Version(
        document_id=str(version.document_id),
        number=version.number,
        current=version.present,
        label=version.facts.label,
        filename=version.facts.filename,
        mime_type=version.facts.mime_type,
        size_bytes=version.file.size_bytes,
        sha256=version.file.sha256,
        page_count=version.facts.page_count,
        giver=GIVERS[version.facts.giver],
        reason=version.facts.words,
        create_time=timestamp(version.create_time),
    )


def turned_pages(pages: Iterable[pb.TurnedPage]) -> tuple[TurnedPage, ...]:
    """Read pages with their turns."""
    return tuple(TurnedPage(page.number, page.turn) for page in pages)


def page_order_message(result: PageResult) -> pb.GetPageOrderResponse:
    """Tell what a page order has made."""
    return pb.GetPageOrderResponse(
        job_id=str(result.job_id), document_ids=map(str, result.documents), reading_job_ids=map(str, result.reading)
    )
