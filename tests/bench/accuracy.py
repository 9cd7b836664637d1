"""Word error rate on real pages with known text, of ours through a daemon and of the peer's way, from the same PDF.

The pages stand in `$SCRIBA_CORPUS/accuracy`, or beside the project in `../shared/corpus`; without them the section steps aside.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]  # it carries no types
from PIL import Image

from scriba.v1 import documents_pb2
from tests.bench.raw import read_as_the_peer
from tests.bench.report import Figures, Report
from tests.bench.waiting import wait_for_all
from tests.bench.word_errors import WordErrors, word_errors
from tests.running import Daemon, running

CORPUS = Path(os.environ.get("SCRIBA_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus")) / "accuracy"
DPI = 300
# The peer's way takes many seconds for a page, so only these are turned and skewed too: three old books and a small page.
TREATED = ("oldbooks_c030", "oldbooks_e035", "oldbooks_i029", "phototest")
TURNS = (90, 180, 270)
SKEWS = (-4.0, 4.0, 12.0)
# In Fraktur, which `eng` cannot read: told apart.
FRAKTUR = "kant_0017"


@dataclass(frozen=True, slots=True)
class Paper:
    """One page to read."""

    treatment: str
    image: Path
    degrees: float
    truth: str


def measure(folder: Path) -> Report:
    """Read one PDF of all pages both ways."""
    if not CORPUS.is_dir():
        return {"accuracy": {"skipped": f"there is no {CORPUS}: set SCRIBA_CORPUS"}}
    papers = list(choose_papers())
    pdf = folder / "pages.pdf"
    pdf.write_bytes(img2pdf.convert([png(paper) for paper in papers], layout_fun=img2pdf.get_fixed_dpi_layout_fun((DPI, DPI))))
    with running(folder / "data") as daemon:
        ours = read_by_us(daemon, pdf)
    cost, text = read_as_the_peer(pdf, folder / "peer.pdf")
    peers = text.split("\f")[: len(papers)]
    return {"accuracy": {"way": "through the daemon, from one PDF", **compare(papers, ours, peers), "peer_seconds": cost.seconds}}


def choose_papers() -> Iterator[Paper]:
    """List every page upright, and some turned and skewed."""
    for image in sorted(CORPUS.glob("*.tif*")):
        truth = next(CORPUS.glob(f"{image.stem}*.txt")).read_text(encoding="utf-8")
        yield Paper("fraktur" if image.stem == FRAKTUR else "upright", image, 0, truth)
        if image.stem in TREATED:
            yield from (Paper(f"turned_{turn}", image, turn, truth) for turn in TURNS)
            yield from (Paper(f"skewed_{skew:+g}", image, skew, truth) for skew in SKEWS)


def png(paper: Paper) -> bytes:
    """Turn a page as a careless hand lays it on the glass."""
    with Image.open(paper.image) as image:
        turned = image.convert("L").rotate(paper.degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    with BytesIO() as file:
        turned.save(file, "PNG", compress_level=1)
        return file.getvalue()


def read_by_us(daemon: Daemon, pdf: Path) -> list[str]:
    """Drop a document, and give its pages' texts when it is ready."""
    shutil.copy(pdf, daemon.data.consume)
    with daemon.client() as client:
        wait_for_all(daemon, client, 1)
        (document,) = client.list_documents()
        _, chunks = client.open_download(document.id, documents_pb2.FILE_KIND_TEXT)
        return b"".join(chunks).decode().split("\f")


def compare(papers: list[Paper], ours: list[str], peers: list[str]) -> Figures:
    """Give both error rates for each treatment, for all but Fraktur, and for each page as it is."""
    mine: defaultdict[str, WordErrors] = defaultdict(WordErrors)
    others: defaultdict[str, WordErrors] = defaultdict(WordErrors)
    for paper, our_text, peer_text in zip(papers, ours, peers, strict=True):
        for name in sums(paper):
            mine[name] += word_errors(our_text, paper.truth)
            others[name] += word_errors(peer_text, paper.truth)
    return {name: side_by_side(mine[name], others[name]) for name in sorted(mine)}


def sums(paper: Paper) -> Iterator[str]:
    """Name what a page counts to."""
    yield paper.treatment
    if paper.treatment != "fraktur":
        yield "all"
    if paper.treatment == "upright":
        yield f"page_{paper.image.stem}"


def side_by_side(ours: WordErrors, peers: WordErrors) -> Figures:
    """Tell two error rates of the same words."""
    ratio = ours.percent / peers.percent if peers.errors else float(ours.errors == 0)
    return {"words": ours.words, "wer_percent": ours.percent, "peer_wer_percent": peers.percent, "ratio_to_peer_way": ratio}
