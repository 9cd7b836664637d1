"""What the store knows of a document that was understood before."""

from datetime import tzinfo

from actors.intake.folder_door import dropped_time
from actors.intake.mail_parts import mailed_time
from actors.store.nouns.archive import Document
from actors.store.store import Store
from actors.understanding.facts import Facts


def stored_facts(store: Store, document: Document, zone: tzinfo | None) -> Facts:
    """Gather what is kept of a document: its texts, and when its file was changed or its mail sent. Barcodes and invoices are left out."""
    delivery = store.documents.delivery(document.id)
    changed = None if delivery is None else dropped_time(delivery)
    mailed = None if delivery is None else mailed_time(delivery)
    return Facts(
        title=document.title,
        filename=document.original_filename,
        language=document.language,
        pages=store.pages.texts(document.id),
        barcodes=(),
        added=document.added_time,
        file_date=None if changed is None else changed.astimezone(zone).date(),
        mail_date=None if mailed is None else mailed.astimezone(zone).date(),
    )
