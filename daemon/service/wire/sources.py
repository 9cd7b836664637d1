"""Sources: ours, which are upload links, and the contract's, in pairs."""

from collections.abc import Mapping

from actors.intake.names import shown_text
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.receiving import Bounds, UploadLink, UploadLinkId
from actors.store.receiving.errors import UploadLinkNotFound
from daemon.service.wire.values import etag, number, timestamp
from scriba.v1 import sources_pb2 as pb


def source_message(link: UploadLink, names: Mapping[LabelId, str]) -> pb.Source:
    """Tell a link, and nothing of its secret or password; `names` are those of labels, of which those that are gone are left out."""
    facts, bounds = link.facts, link.facts.bounds
    return pb.Source(
        id=str(link.id),
        etag=etag(link.revision),
        name=facts.name,
        tags=[names[tag] for tag in facts.tags if tag in names],
        correspondent=_name(facts.correspondent, names),
        document_type=_name(facts.document_type, names),
        storage_path=_name(facts.storage_path, names),
        owner_id="" if facts.owner is None else str(facts.owner),
        expire_time=timestamp(facts.expire_time),
        max_files=bounds.files,
        max_file_bytes=bounds.file_bytes,
        max_total_bytes=bounds.total_bytes,
        mime_types=bounds.mime_types,
        has_password=link.has_password,
        disabled=facts.disabled,
        files=link.received.files,
        bytes=link.received.bytes,
        create_time=timestamp(link.create_time),
        use_time=timestamp(link.use_time),
        maker_id="" if link.maker is None else str(link.maker),
    )


def source_name(told: pb.Source) -> str:
    """Read what a source is called; '' for what nobody could read."""
    return shown_text(told.name)


def bounds_of(told: pb.Source) -> Bounds:
    """Read what may come by a source."""
    return Bounds(told.max_files, told.max_file_bytes, told.max_total_bytes, tuple(dict.fromkeys(told.mime_types)))


def upload_link_id(text: str) -> UploadLinkId:
    """Read a source's id; raises UploadLinkNotFound for a text that is none."""
    if not (found := number(text)):
        raise UploadLinkNotFound(f"'{text}'")
    return UploadLinkId(found)


def _name(label: LabelId | None, names: Mapping[LabelId, str]) -> str:
    return "" if label is None else names.get(label, "")
