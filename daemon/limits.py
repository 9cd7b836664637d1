"""What a stranger can't exceed, as one table: docs/operate.md shows it, and each row has one test just below, at and above."""

from collections.abc import Sequence
from dataclasses import dataclass

from actors.index.grammar import MAX_DEPTH, MAX_OPERANDS
from actors.index.tokens import MAX_LENGTH
from actors.ocr.files.pdf_files import MAX_STREAM_BYTES
from actors.ocr.messages import OcrSettings
from actors.ocr.reading.raster import MOST_PIXELS, MOST_SIDE
from actors.paging.plans import MOST_PAGES
from daemon.service.server import DEADLINE_SECONDS, MESSAGE_BYTES, STREAMS
from daemon.settings.model import Settings
from daemon.web.links.forms import MOST_BYTES
from daemon.web.links.guesses import FREE_OF_BOTH

DEFAULTS = OcrSettings()


@dataclass(frozen=True, slots=True)
class Limit:
    """One bound: the greatest value that is taken, where it is kept, and what happens beyond it."""

    name: str
    most: int
    unit: str
    where: str
    beyond: str


LIMITS: Sequence[Limit] = (
    Limit("message", MESSAGE_BYTES, "bytes", "gRPC", "RESOURCE_EXHAUSTED"),
    Limit("chunk of an upload", 262_144, "bytes", "contract", "INVALID_ARGUMENT"),
    Limit("part of an upload without a stream", 1_048_576, "bytes", "contract", "INVALID_ARGUMENT"),
    Limit("streams of a connection", STREAMS, "calls", "gRPC, Envoy", "the next call waits for one to end"),
    Limit("time of a call without a stream", int(DEADLINE_SECONDS), "seconds", "gRPC", "DEADLINE_EXCEEDED"),
    Limit("entries of a page", 1_000, "entries", "contract", "INVALID_ARGUMENT"),
    Limit("entries passed over", 10_000_000, "entries", "contract", "INVALID_ARGUMENT"),
    Limit("suggestions", 100, "suggestions", "contract", "INVALID_ARGUMENT"),
    Limit("tags of an upload", 100, "tags", "contract", "INVALID_ARGUMENT"),
    Limit("title of an upload", 512, "letters", "contract", "INVALID_ARGUMENT"),
    Limit("size of an upload", int(Settings.model_fields["max_upload_bytes"].default), "bytes", "servicer, intake", "RESOURCE_EXHAUSTED"),
    Limit("query", MAX_LENGTH, "letters", "contract, grammar", "INVALID_ARGUMENT, with the column"),
    Limit("words of a query", MAX_OPERANDS, "words", "grammar", "INVALID_ARGUMENT, with the column"),
    Limit("groups inside each other", MAX_DEPTH, "groups", "grammar", "INVALID_ARGUMENT, with the column"),
    Limit("documents of a share link", 100, "documents", "contract", "INVALID_ARGUMENT"),
    Limit("name of a share link", 200, "letters", "contract", "INVALID_ARGUMENT"),
    Limit("wrong passwords of one address at a link", FREE_OF_BOTH, "passwords", "web app", "a pause, which grows"),
    Limit("form behind a link", MOST_BYTES, "bytes", "web app", "413"),
    Limit("pages of a document", DEFAULTS.max_pages, "pages", "decoder", "the document fails, and says why"),
    Limit("pages of a merge", MOST_PAGES, "pages", "servicer", "INVALID_ARGUMENT"),
    Limit("pages of all parts of a split", MOST_PAGES, "pages", "servicer", "INVALID_ARGUMENT"),
    Limit("pixels of an image", DEFAULTS.max_pixels, "pixels", "decoder", "the document fails, and says why"),
    Limit("pixels of a page", MOST_PIXELS, "pixels", "decoder", "the page is drawn smaller"),
    Limit("side of a page", MOST_SIDE, "pixels", "decoder", "the page is drawn smaller"),
    Limit("stream inside a PDF", MAX_STREAM_BYTES, "bytes", "decoder", "the page or the document is marked unreadable"),
)


def table() -> str:
    """Write the table for people."""
    rows = [f"| {limit.name} | {limit.most:,} {limit.unit} | {limit.where} | {limit.beyond} |" for limit in LIMITS]
    return "\n".join(["| what | at most | kept by | beyond |", "|---|---:|---|---|", *rows])
