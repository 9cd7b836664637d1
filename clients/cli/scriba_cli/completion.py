"""Completes ids at the shell's prompt."""

import scriba

_MOST = 30
_SECONDS = 1.0


def complete_document(incomplete: str) -> list[tuple[str, str]]:
    """Give the newest documents whose id begins so, with their titles; nothing when the server cannot be asked at once."""
    try:
        with scriba.Client(timeout=_SECONDS) as client:
            documents = list(client.list_documents(limit=_MOST))
    except (scriba.Error, ValueError):
        return []
    return [(document.id, document.title) for document in documents if document.id.startswith(incomplete)]
