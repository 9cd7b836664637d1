"""Share links: ours and the contract's, in pairs."""

from actors.intake.names import shown_text
from actors.store.nouns.sharing import ShareContent, ShareLink, ShareLinkFacts, ShareLinkId
from actors.store.sharing.errors import ShareLinkNotFound
from daemon.service.wire.values import etag, moment_of, number, timestamp
from scriba.v1 import shares_pb2 as pb

CONTENTS = {content: pb.ShareContent.Value(f"SHARE_CONTENT_{content.name}") for content in ShareContent}


def share_link_message(link: ShareLink) -> pb.ShareLink:
    """Tell a link, and nothing of its secret or password."""
    return pb.ShareLink(
        id=str(link.id),
        etag=etag(link.revision),
        name=link.facts.name,
        document_ids=map(str, link.documents),
        content=CONTENTS[link.content],
        expire_time=timestamp(link.facts.expire_time),
        has_password=link.has_password,
        max_downloads=link.facts.max_downloads,
        downloads=link.downloads,
        disabled=link.facts.disabled,
        create_time=timestamp(link.create_time),
        download_time=timestamp(link.download_time),
        maker_id="" if link.maker is None else str(link.maker),
        maker_name=link.maker_name,
    )


def share_link_facts(told: pb.ShareLink) -> ShareLinkFacts:
    """Read what a maker says of a link; raises InvalidRequest."""
    until = moment_of("link.expire_time", told.expire_time) if told.HasField("expire_time") else None
    return ShareLinkFacts(shown_text(told.name), until, told.max_downloads, told.disabled)


def share_content(told: int) -> ShareContent:
    """Read which files a link gives: originals, unless something else was said."""
    return next((ours for ours, value in CONTENTS.items() if value == told), ShareContent.ORIGINALS)


def share_link_id(text: str) -> ShareLinkId:
    """Read a link's id; raises ShareLinkNotFound for a text that is none."""
    if not (found := number(text)):
        raise ShareLinkNotFound(f"'{text}'")
    return ShareLinkId(found)
