"""The files inside a PDF: those that it lists by name, and those that it says belong to it."""

from collections.abc import Iterator
from itertools import chain, islice

import pikepdf

from actors.ocr.files.pdf_files import MALFORMED

MOST = 100  # a portfolio of contracts has some dozens; each may be opened
MOST_NODES, MOST_LEAVES = 1_000, 2_000


def embedded_files(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Stream]]:
    """List a PDF's embedded files by their names, each once; what is no file as the format says is left out."""
    seen: set[tuple[int, int]] = set()
    for spec in islice(chain(_listed(pdf), _associated(pdf)), MOST):
        try:
            stream = _content(spec)
            name = str(spec.get("/UF", spec.get("/F", "")))
        except MALFORMED:
            continue
        if stream is not None and stream.objgen not in seen:
            seen.add(stream.objgen)
            yield name, stream


def _content(spec: pikepdf.Object) -> pikepdf.Stream | None:
    files = spec.get("/EF")
    if not isinstance(files, pikepdf.Dictionary):
        return None
    content = files.get("/UF", files.get("/F"))
    return content if isinstance(content, pikepdf.Stream) else None


def _associated(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    yield from _dictionaries(pdf.Root.get("/AF"))


def _listed(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Walk the tree of names, so far and no further: its branches may meet again, or loop."""
    names = pdf.Root.get("/Names")
    waiting = [names.get("/EmbeddedFiles")] if isinstance(names, pikepdf.Dictionary) else []
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary):
            yield from _dictionaries(node.get("/Names"))
            waiting.extend(_dictionaries(node.get("/Kids")))


def _dictionaries(items: object) -> Iterator[pikepdf.Object]:
    if isinstance(items, pikepdf.Array):
        yield from (item for item in islice(items, MOST_LEAVES) if isinstance(item, pikepdf.Dictionary))
