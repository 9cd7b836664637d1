"""Pages from a scanner become one document, pixel for pixel; no scan is lost that could not be sent."""

import io
from pathlib import Path

import pikepdf
import pytest

from actors.store.nouns.archive import DocumentOrder
from scriba_cli.scanned_pdf import NoPage, read_page, write_pdf
from tests.clients.scanner import Scanner, gray
from tests.clients.telling import Capture, told
from tests.service.house import House

ADF_MODE = "    --adf-mode Simplex|Duplex [Simplex]\n"


@pytest.fixture
def scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scanner:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Scanner(folder)


def sent(house: House) -> tuple[str, tuple[str, ...], list[bytes], list[float]]:
    """Tell the title and tags of the one document, the pixels of its pages, and their widths in points."""
    (document,) = house.store.documents.list(DocumentOrder(), None, 9, deleted=False)
    with pikepdf.open(house.store.originals.path(document)) as pdf:
        assert pdf.check_pdf_syntax() == []
        images = [page.Resources.XObject.Scan.read_bytes() for page in pdf.pages]
        return document.title, document.tags, images, [float(page.MediaBox[2]) for page in pdf.pages]


def test_all_pages_of_the_feeder_are_one_document(house: House, scanner: Scanner, capsys: Capture) -> None:
    scanner.paper = (gray(10), gray(20), gray(30))
    scanner.set_up()
    options = ("--source", "adf", "--resolution", "144", "--mode", "Gray", "--title", "Lease", "--tag", "hall", "--device", "test:0")
    _, said = told(capsys, "scan", *options)
    assert sent(house) == ("Lease", ("hall",), [bytes([level]) * 8 for level in (10, 20, 30)], [2.0, 2.0, 2.0])
    assert said.splitlines()[:3] == ["page 1", "page 2", "page 3"]
    assert said.splitlines()[3].endswith("is document 1, read by job 1")
    assert scanner.asked[:3] == ["-d", "test:0", "--format=pnm"]
    assert scanner.asked[4:] == ["--batch-print", "--resolution=144", "--mode=Gray", "--source=ADF Front"]


def test_the_glass_holds_one_page_and_the_scanner_decides_on_its_resolution(house: House, scanner: Scanner, capsys: Capture) -> None:
    scanner.paper, scanner.rounds_to = (gray(10), gray(20)), 72
    scanner.set_up()
    told(capsys, "scan", "--resolution", "75")
    assert sent(house)[2:] == ([bytes([10]) * 8], [4.0])


@pytest.mark.parametrize(
    ("sources", "more", "expected"),
    [
        ("Flatbed|ADF Front|ADF Duplex", "", ["--source=ADF Duplex"]),
        (
            "Flatbed|Automatic Document Feeder",
            ADF_MODE,
            ["--source=Automatic Document Feeder", "--adf-mode=Duplex"],
        ),
    ],
)
def test_both_sides_are_asked_for_in_the_words_of_the_scanner(
    house: House, scanner: Scanner, capsys: Capture, sources: str, more: str, expected: list[str]
) -> None:
    scanner.paper, scanner.sources, scanner.more = (gray(10), gray(20)), sources, more
    scanner.set_up()
    told(capsys, "scan", "--duplex")
    assert scanner.asked[-len(expected) :] == expected
    assert len(sent(house)[2]) == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--duplex",), "the scanner reads no two sides by itself; its sources: Flatbed"),
        (("--source", "adf"), "the scanner has no source 'adf', but Flatbed"),
    ],
)
def test_what_a_scanner_has_not_is_said(house: House, scanner: Scanner, capsys: Capture, options: tuple[str, ...], words: str) -> None:
    scanner.sources = "Flatbed"
    scanner.set_up()
    assert told(capsys, "scan", *options, code=1)[1] == f"{words}\n"
    assert house.store.documents.ids(None, 9) == []


def test_an_empty_feeder_is_told_in_the_scanners_words(house: House, scanner: Scanner, capsys: Capture) -> None:
    scanner.set_up()
    assert told(capsys, "scan", "--source", "adf", code=1)[1] == "sane_start: Document feeder out of documents\n"
    assert house.store.documents.ids(None, 9) == []


def test_a_jam_sends_nothing_and_keeps_what_there_is(house: House, home: Path, scanner: Scanner, capsys: Capture) -> None:
    scanner.paper, scanner.end, scanner.code = (gray(10), gray(20)), "Document feeder jammed", 6
    scanner.set_up()
    _, said = told(capsys, "scan", "--source", "adf", code=1)
    (kept,) = home.glob("scan *.pdf")
    assert f"Document feeder jammed\nAfter 2 pages the scanner stopped; they are kept in {kept}, and nothing was sent." in said
    with pikepdf.open(kept) as pdf:
        assert len(pdf.pages) == 2
    assert house.store.documents.ids(None, 9) == []


def test_a_scan_that_could_not_be_sent_is_kept(home: Path, scanner: Scanner, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIBA_SERVER", "127.0.0.1:1")
    monkeypatch.setenv("SCRIBA_TOKEN", "x")
    scanner.paper = (gray(10),)
    scanner.set_up()
    _, said = told(capsys, "scan", code=3)
    (kept,) = home.glob("scan *.pdf")
    assert f"the scan is kept in {kept}" in said


def test_scanners_are_listed(home: Path, scanner: Scanner, capsys: Capture) -> None:
    scanner.set_up()
    lines, _ = told(capsys, "scan", "--list")
    assert [line.split(maxsplit=1) for line in lines] == [["Device", "Scanner"], ["test:0", "Noname frontend-tester, virtual device0"]]
    scanner.devices = ()
    scanner.set_up()
    assert "no scanner is here" in told(capsys, "scan", "--list")[1]


def test_without_the_program_its_package_is_named(home: Path, scanner: Scanner, capsys: Capture) -> None:
    assert "sane-utils" in told(capsys, "scan", "--list", code=1)[1]


def test_pages_of_each_kind_are_the_same_pixels_in_the_pdf(tmp_path: Path) -> None:
    bits, deep, colour = b"\xaa\x80\x55\x00", bytes(range(16)), bytes(range(24))
    files = {"4": b"P4\n9 2\n" + bits, "5": b"P5 4 2 65535\n" + deep, "6": b"P6\n#x\n4 2\n255\n" + colour}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    target = io.BytesIO()
    write_pdf([tmp_path / name for name in files], 300, target)
    with pikepdf.open(target) as pdf:
        images = [page.Resources.XObject.Scan for page in pdf.pages]
        assert [image.read_bytes() for image in images] == [bits, deep, colour]
        assert [(int(image.BitsPerComponent), str(image.ColorSpace)) for image in images] == [
            (1, "/DeviceGray"),
            (16, "/DeviceGray"),
            (8, "/DeviceRGB"),
        ]
        first = pikepdf.PdfImage(images[0])  # type: ignore[arg-type]  # it is a stream
        black = first.as_pil_image().convert("L")
        assert [black.getpixel((x, 0)) for x in range(9)] == [0, 255] * 4 + [0]  # a set bit is black


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"P5\n4 2\n255\n1234567", b"P5\n0 2\n255\n", b"P5\n2 2\n100\n1234", b"P6\n4 2\n"])
def test_what_is_no_whole_page_is_refused(data: bytes) -> None:
    with pytest.raises(NoPage):
        read_page(data)
