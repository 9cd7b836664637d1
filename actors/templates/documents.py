"""Documents as templates are told of them."""

from datetime import tzinfo

from actors.store.nouns.archive import Document
from actors.templates.facts import TemplateFacts


def facts_of(document: Document, zone: tzinfo, content: str = "") -> TemplateFacts:
    """Tell a template of a document; its times are those of a zone."""
    return TemplateFacts(
        id=document.id,
        title=document.title,
        added=document.added_time.astimezone(zone),
        original_filename=document.original_filename,
        created=document.created_date,
        modified=document.update_time.astimezone(zone),
        correspondent=document.correspondent.name if document.correspondent else None,
        document_type=document.document_type.name if document.document_type else None,
        storage_path=document.storage_path.name if document.storage_path else None,
        tags=document.tags,
        asn=document.asn,
        fields=document.fields,
        content=content,
        page_count=document.page_count or None,
        mime_type=document.mime_type,
        checksum=document.sha256,
    )
