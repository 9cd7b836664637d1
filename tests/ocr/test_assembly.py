"""A PDF of pages of other files shows those pages as they were, and nothing else."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest
from PIL import Image

from actors.ocr.binding.assembly import assemble_document
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.messages import AssembleDocument, ChosenPages, OcrSettings
from tests.ocr import papers

PDF = "application/pdf"


def assembled(
    tmp_path: Path, *chosen: tuple[bytes, tuple[int, ...]], mime_type: str = PDF, name: str = "result.pdf", mark: str = ""
) -> Path:
    """Assemble pages of files with these contents."""
    pages = []
    for number, (content, numbers) in enumerate(chosen):
        path = tmp_path / f"source-{number}"
        path.write_bytes(content)
        pages.append(ChosenPages(path, mime_type, numbers))
    assemble_document(AssembleDocument(tuple(pages), tmp_path / name, mark, OcrSettings()))
    return tmp_path / name


def texts(path: Path) -> list[str]:
    with pdfium.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range().strip() for page in pdf]


def test_pages_come_in_the_order_that_was_asked_for(tmp_path: Path) -> None:
    made = assembled(tmp_path, (papers.digital_pdf("one", "two", "three"), (3, 1)), (papers.digital_pdf("four"), (1,)))
    assert texts(made) == ["three", "one", "four"]


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    document = papers.digital_pdf("one", "two", "three")
    first, second = (assembled(tmp_path, (document, (1, 3)), name=name).read_bytes() for name in ("a.pdf", "b.pdf"))
    assert first == second
    scan = papers.tiff([papers.picture(papers.lines(text)) for text in ("one", "two")])
    third, fourth = (assembled(tmp_path, (scan, (2,)), mime_type="image/tiff", name=name).read_bytes() for name in ("c.pdf", "d.pdf"))
    assert third == fourth


def test_the_same_pages_with_another_mark_are_another_file(tmp_path: Path) -> None:
    document = papers.digital_pdf("one", "two", "three")
    marked = {mark: assembled(tmp_path, (document, (2,)), mark=mark).read_bytes() for mark in ("a", "b", "a ")}
    assert len(set(marked.values())) == 3
    assert texts(assembled(tmp_path, (document, (2,)), mark="c")) == ["two"]


def test_a_part_does_not_carry_the_pictures_of_the_other_pages(tmp_path: Path) -> None:
    noise = [Image.effect_noise((400, 400), 90 + seed) for seed in range(4)]
    with pikepdf.open(BytesIO(papers.picture_pdf(noise))) as pdf:
        shared = pdf.make_indirect(pikepdf.Dictionary())
        for number, page in enumerate(pdf.pages):
            for name, image in page.resources.XObject.items():
                shared[f"/P{number}{name[1:]}"] = image
                page.contents_coalesce()
                drawing = page.Contents.read_bytes().replace(name.encode(), f"/P{number}{name[1:]}".encode())
            page.Contents = pdf.make_stream(drawing)
            page.Resources = pikepdf.Dictionary(XObject=shared)
        whole = BytesIO()
        pdf.save(whole)
    made = assembled(tmp_path, (whole.getvalue(), (2,)))
    assert made.stat().st_size < len(whole.getvalue()) / 3
    with pdfium.PdfDocument(made) as pdf, pdfium.PdfDocument(whole) as scan:
        assert pdf[0].render().to_numpy().tobytes() == scan[1].render().to_numpy().tobytes()


def test_a_page_keeps_what_it_inherits_and_how_it_is_turned(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(papers.digital_pdf("one", "two"))) as pdf:
        pdf.Root.Pages.Rotate = 90
        pdf.Root.Pages.MediaBox = pikepdf.Array([0, 0, 300, 500])
        for page in pdf.pages:
            del page.MediaBox
        source = BytesIO()
        pdf.save(source)
    made = assembled(tmp_path, (source.getvalue(), (2,)))
    with pdfium.PdfDocument(made) as pdf:
        assert (pdf[0].get_rotation(), pdf[0].get_mediabox()) == (90, (0, 0, 300, 500))


def test_a_page_is_turned_from_how_it_stands_and_its_file_stays(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(papers.digital_pdf("one", "two"))) as pdf:
        pdf.pages[1].Rotate = 270
        source = BytesIO()
        pdf.save(source)
    path, made = tmp_path / "source", tmp_path / "made.pdf"
    path.write_bytes(source.getvalue())
    chosen = ChosenPages(path, PDF, (2, 1, 2), (180, 90, 0))
    assemble_document(AssembleDocument((chosen,), made, "", OcrSettings()))
    with pdfium.PdfDocument(made) as pdf:
        assert [page.get_rotation() for page in pdf] == [90, 90, 270]
    assert (texts(made), path.read_bytes()) == (["two", "one", "two"], source.getvalue())


def test_a_turned_picture_is_shown_turned(tmp_path: Path) -> None:
    picture = papers.picture([papers.Spot("one", 50, 100)])
    path, made = tmp_path / "source", tmp_path / "made.pdf"
    path.write_bytes(papers.tiff([picture]))
    assemble_document(AssembleDocument((ChosenPages(path, "image/tiff", (1,), (90,)),), made, "", OcrSettings()))
    with pdfium.PdfDocument(made) as pdf:
        (drawn,) = [page.render(scale=100 / 72, grayscale=True).to_pil() for page in pdf]
    turned = picture.transpose(Image.Transpose.ROTATE_270)  # Pillow counts the other way round
    assert (drawn.size, drawn.tobytes()) == (turned.size, turned.tobytes())


def test_a_form_keeps_what_was_written_into_it(tmp_path: Path) -> None:
    made = assembled(tmp_path, (papers.form_pdf("Name", "Goldfinch"), (1,)))
    with pikepdf.open(made) as pdf:
        assert [str(field.obj.V) for field in pdf.acroform.fields] == ["Goldfinch"]


def test_a_link_to_another_page_does_not_bring_it_along(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(papers.digital_pdf("one", "two " * 500))) as pdf:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]),
            Dest=pikepdf.Array([pdf.pages[1].obj, pikepdf.Name.Fit]),
        )  # fmt: skip
        pdf.pages[0].obj[pikepdf.Name.Annots] = pikepdf.Array([pdf.make_indirect(link)])
        source = BytesIO()
        pdf.save(source)
    with pikepdf.open(assembled(tmp_path, (source.getvalue(), (1,)))) as pdf:
        kinds = [str(thing.get("/Type", "")) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        assert kinds.count("/Page") == 1


def test_pages_of_a_tiff_become_pages_of_a_pdf(tmp_path: Path) -> None:
    pictures = [papers.picture([papers.Spot(text, 50, 100)]) for text in ("one", "two", "three")]
    made = assembled(tmp_path, (papers.tiff(pictures), (3, 1)), mime_type="image/tiff")
    with pdfium.PdfDocument(made) as pdf:
        drawn = [page.render(scale=100 / 72, grayscale=True).to_pil() for page in pdf]
    assert [(image.size, image.tobytes()) for image in drawn] == [(one.size, one.tobytes()) for one in (pictures[2], pictures[0])]


@pytest.mark.parametrize("numbers", [(0,), (3,), (1, 3)])
def test_a_page_that_is_not_there_is_an_error_and_leaves_nothing(tmp_path: Path, numbers: tuple[int, ...]) -> None:
    with pytest.raises(DocumentUnreadable, match="no page"):
        assembled(tmp_path, (papers.digital_pdf("one", "two"), numbers))
    assert not (tmp_path / "result.pdf").exists()


def test_text_and_locked_files_give_no_pages(tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable):
        assembled(tmp_path, (b"words", (1,)), mime_type="text/plain")
    with pytest.raises(DocumentUnreadable, match="password"):
        assembled(tmp_path, (papers.encrypted_pdf("secret", password="word"), (1,)))
