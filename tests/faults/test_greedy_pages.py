"""A page that wants more than it may have is marked; its document becomes ready, and nobody else goes short (F11)."""

import random
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO

import pikepdf
import psutil
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from actors.ocr.decoders.isolation import DEFAULT_MEMORY_BYTES
from scriba.v1.documents_pb2 import Document, DocumentState
from tests.end_to_end.person import Person
from tests.faults.plugin import Trials
from tests.invariants.sent import Sent
from tests.ocr.papers import lines, picture, scan_pdf, tiff
from tests.running import Daemon, running
from tests.sandbox.guards import is_guard

MEBIBYTE = 1 << 20
BUDGET = 600 * MEBIBYTE
# What the kernel counts as data is bounded at once; files that are mapped are not, and the watch looks only now and then.
SLACK = 200 * MEBIBYTE
MEGAPIXELS = 600
COLOURS = [(Name.DeviceGray, 1), (Name.DeviceRGB, 3)]
pytestmark = pytest.mark.timeout(4_000)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon whose pages may take little memory."""
    folder = tmp_path_factory.mktemp("greedy") / "data"
    with running(folder, consumer_stability_delay="0.2", ocr_page_memory_bytes=str(BUDGET), ocr_max_image_pixels="1000000000") as daemon:
        yield daemon


def greedy_pdf(number: int, chance: random.Random) -> Sent:
    """Make a scan whose second page is a picture of 600 megapixels, packed into some kilobytes; who draws it may do so line by line."""
    word = word_of(number)
    space, channels = chance.choice(COLOURS)
    width, height = size(chance)
    source = pikepdf.new()
    page = source.add_blank_page(page_size=(595, 842))
    stream = source.make_stream(bytes([255 - number % 200]) * (width * height * channels))
    stream.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, ColorSpace=space, BitsPerComponent=8)
    page.obj[Name.Resources] = Dictionary(XObject=Dictionary(Scan=stream))
    page.obj[Name.Contents] = source.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
    made = BytesIO()
    with pikepdf.open(BytesIO(scan_pdf("a page before", f"the word {word}"))) as pdf:
        pdf.pages.insert(1, source.pages[0])
        pdf.save(made, compress_streams=True)
    return Sent(made.getvalue(), word)


def greedy_tiff(number: int, chance: random.Random) -> Sent:
    """Make a scan whose second page is such a picture in a format that is unpacked as a whole."""
    word = word_of(number)
    around = [picture(lines(text)) for text in ("a page before", f"the word {word}")]
    return Sent(tiff([around[0], Image.new("L", size(chance), 255 - number % 200), around[1]]), word)


def word_of(number: int) -> str:
    """Spell a number in letters that are read without a mistake: a run of digits is parted or merged on a coarse scan."""
    return "mark" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")


def size(chance: random.Random) -> tuple[int, int]:
    """Choose a width and the height that makes it 600 megapixels."""
    width = chance.choice([20_000, 24_500, 30_000])
    return width, MEGAPIXELS * 1_000_000 // width


def most_over_budget(daemon: Daemon) -> int:
    """Tell by how many bytes the greediest decoder is over what it may have now; negative while all keep to it."""
    over = [-BUDGET]
    for process in daemon.processes():
        try:
            command = process.cmdline()
            if "actors.ocr.decoders.child" in command and not is_guard(process):
                over.append(process.memory_info().rss - (BUDGET if "read_page" in command else DEFAULT_MEMORY_BYTES))
        except psutil.NoSuchProcess:
            continue
    return max(over)


@pytest.mark.soak
@pytest.mark.fault("F11", each=1, nightly=10)
def test_a_page_that_needs_too_much_memory_is_marked_and_stops_nothing(house: Daemon, trials: Trials) -> None:
    for document in greedy_documents(house, greedy_tiff, trials, first=1):
        assert [warning.page for warning in document.warnings if warning.code == "PAGE_UNREADABLE"] == [2], document.warnings


@pytest.mark.soak
@pytest.mark.fault("F11", each=1, nightly=10)
def test_a_huge_picture_that_can_be_drawn_line_by_line_needs_no_more_than_it_may(house: Daemon, trials: Trials) -> None:
    for document in greedy_documents(house, greedy_pdf, trials, first=101):
        assert {warning.page for warning in document.warnings} <= {2}


def greedy_documents(house: Daemon, make: Callable[[int, random.Random], Sent], trials: Trials, first: int) -> Iterator[Document]:
    """Drop one greedy document after another; give each when it is ready, having watched the memory of whoever reads it."""
    chance, sent, over = random.Random(trials.seed), {}, -BUDGET

    def ended(name: str) -> bool:
        nonlocal over
        over = max(over, most_over_budget(house))
        return person.find_file(name) is not None and house.settled()

    with Person(house) as person:
        for number in range(first, first + trials.count):
            name = f"greedy-{number}"
            sent[name] = make(number, chance)
            person.drop(name, sent[name].content)
            person.wait_until(partial(ended, name))
            document = person.find_file(name)
            assert document is not None
            assert document.state == DocumentState.DOCUMENT_STATE_READY, document
            assert person.finds(sent[name].word) == [document.id]
            yield document
            trials.tried()
    assert -BUDGET < over <= SLACK
