"""Makes a PDF of pages of other files: a part of a scan, its two sides in one, a version that a person wants. It becomes an original."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

import pikepdf

from actors.ocr.binding.image_pages import write_image_pdf
from actors.ocr.disk import writing
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.bounds import check_page_number
from actors.ocr.files.kinds import file_kind
from actors.ocr.files.pdf_files import MALFORMED, open_structure
from actors.ocr.messages import AssembleDocument, ChosenPages, OcrSettings
from actors.ocr.mime_types import FileKind


def assemble_document(order: AssembleDocument) -> None:
    """Write the PDF to `order.target`. It holds no date and no chance, so that the same order gives the same bytes."""
    with writing(), ExitStack() as held:
        sources = {path: held.enter_context(_opened(chosen, order)) for path, chosen in _by_path(order.pages).items()}
        try:
            with pikepdf.new() as pdf:
                copies = dict[tuple[Path, int], int]()
                for chosen in order.pages:
                    _append(pdf, sources[chosen.path], chosen, copies)
                pdf.trailer.ID = _identifier(order.mark)
                pdf.save(
                    order.target,
                    stream_decode_level=pikepdf.StreamDecodeLevel.none,  # pictures and text stay packed as they came
                    object_stream_mode=pikepdf.ObjectStreamMode.generate,
                    deterministic_id=True,
                )
        except MALFORMED as error:
            raise DocumentUnreadable("The file is damaged: its pages can't be put into a document of their own.") from error


def _identifier(mark: str) -> pikepdf.Array:
    """Make the identifier that a PDF bears; the second half says how it was changed since, and is set on saving."""
    identifier = pikepdf.String(sha256(mark.encode()).digest()[:16])
    return pikepdf.Array([identifier, identifier])


def _by_path(pages: Sequence[ChosenPages]) -> Mapping[Path, ChosenPages]:
    return {chosen.path: chosen for chosen in pages}


def _append(pdf: pikepdf.Pdf, source: pikepdf.Pdf, chosen: ChosenPages, copies: dict[tuple[Path, int], int]) -> None:
    """Append pages. `copies` tells by how much the first copy of each is turned: a further one is made of that, not of the source."""
    for number, turn in zip(chosen.numbers, chosen.turns or [0] * len(chosen.numbers), strict=True):
        check_page_number(number, len(source.pages))
        page = source.pages[number - 1]
        page.remove_unreferenced_resources()  # a scanner's PDF may name every picture on every page
        pdf.pages.append(page)
        if more := (turn - copies.get((chosen.path, number), 0)) % 360:
            pdf.pages[-1].rotate(more, relative=True)
        copies.setdefault((chosen.path, number), turn)
        if source.acroform.exists:
            pdf.acroform.fix_copied_annotations(pdf.pages[-1], page, source.acroform)


@contextmanager
def _opened(chosen: ChosenPages, order: AssembleDocument) -> Iterator[pikepdf.Pdf]:
    """Open the file that pages are taken from, as a PDF."""
    match file_kind(chosen.path, chosen.mime_type):
        case FileKind.PDF:
            with open_structure(chosen.path) as pdf:
                yield pdf
        case FileKind.IMAGE:
            with _image_pdf(chosen, order.target, order.settings) as pdf:
                yield pdf
        case _:
            raise DocumentUnreadable("A text has no pages that could be taken out of it.")


@contextmanager
def _image_pdf(chosen: ChosenPages, target: Path, settings: OcrSettings) -> Iterator[pikepdf.Pdf]:
    pages = target.with_name(f".{target.name}.{chosen.path.name}.pages")
    try:
        write_image_pdf(chosen.path, chosen.mime_type, settings, pages)
        with pikepdf.open(pages) as pdf:
            yield pdf
    finally:
        pages.unlink(missing_ok=True)
