"""Every kind of file that people have is read and found; what cannot be read fails in words."""

import io
import re
import zipfile
from collections.abc import Callable

import pillow_heif
import pytest
from PIL import Image

from scriba.v1.admin_pb2 import JobState
from scriba.v1.documents_pb2 import DocumentState
from tests.end_to_end.person import Person
from tests.ocr.papers import lines, picture, tiff
from tests.running import wait_until

PROGRAMMERS_WORDS = re.compile(r"Traceback|Error\b|Exception|\w+\.py\b|actors\.|Unreadable\b|[a-z]+_[a-z]+\(|0x[0-9a-f]{6}")


def image(kind: str) -> Callable[[str], bytes]:
    """Give a maker of images of one kind."""

    def make(text: str) -> bytes:
        made = io.BytesIO()
        drawn = picture(lines(text, points=20), dpi=150)
        (drawn.convert("RGB") if kind in ("JPEG", "WEBP", "HEIF") else drawn).save(made, kind, dpi=(150, 150))
        return made.getvalue()

    return make


def pages(text: str) -> bytes:
    return tiff([picture(lines("a page that goes before", points=20)), picture(lines(text, points=20))])


pillow_heif.register_heif_opener()
KINDS: dict[str, tuple[str, str, Callable[[str], bytes]]] = {
    "note.txt": ("text/plain", "apricot", str.encode),
    "note.md": ("text/markdown", "blackberry", lambda text: f"# Heading\n\n*{text}*\n".encode()),
    "table.csv": ("text/csv", "cranberry", lambda text: f"number;words\n1;{text}\n2;other\n".encode()),
    "shot.png": ("image/png", "damson", image("PNG")),
    "photo.jpg": ("image/jpeg", "elderberry", image("JPEG")),
    "fax.tiff": ("image/tiff", "gooseberry", pages),
    "web.webp": ("image/webp", "huckleberry", image("WEBP")),
    "old.gif": ("image/gif", "jackfruit", image("GIF")),
    "older.bmp": ("image/bmp", "kumquat", image("BMP")),
    "phone.heic": ("image/heic", "loganberry", image("HEIF")),
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_file_is_read_and_found(person: Person, name: str) -> None:
    mime_type, word, make = KINDS[name]
    content = make(f"this one holds the {word} jam")
    document = person.put(name, content)
    assert (document.state, document.mime_type, list(document.warnings)) == (DocumentState.DOCUMENT_STATE_READY, mime_type, [])
    assert person.finds(word) == [document.id]
    assert person.take(document.id) == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.pdf", b"%PDF-1.7\nthis is no document at all\n%%EOF\n"),
        ("empty.pdf", b""),
        ("broken.png", image("PNG")("cut")[:40]),
        ("unknown.bin", bytes(range(256)) * 4),
    ],
)
def test_what_cannot_be_read_fails_in_words_and_is_kept(person: Person, name: str, content: bytes) -> None:
    answer = person.upload(name, content)
    # Another test may have brought the same few bytes: then there is no new job.
    job = person.wait(answer.job_id or person.job_of(answer.document.id).id)
    document = person.look(answer.document.id)
    assert (document.state, job.state) == (DocumentState.DOCUMENT_STATE_FAILED, JobState.JOB_STATE_FAILED)
    assert len(job.error.split()) >= 4
    for words in (job.error, *(warning.message for warning in document.warnings)):
        assert not PROGRAMMERS_WORDS.search(words)
    assert person.take(document.id) == content
    assert job.error in " ".join(person.type("jobs", "--document", document.id).out.split())


def test_an_archive_is_kept_and_what_is_in_it_is_found(person: Person) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("inside.txt", "the pawpaw in a parcel")
    parcel = person.put("parcel.zip", made.getvalue())
    assert (parcel.state, [warning.code for warning in parcel.warnings]) == (DocumentState.DOCUMENT_STATE_READY, ["UNPACKED"])
    assert person.take(parcel.id) == made.getvalue()
    wait_until(lambda: any(one != parcel.id for one in person.finds("pawpaw")), 60)


def test_a_picture_that_was_cut_off_is_read_as_far_as_it_goes_and_says_so(person: Person) -> None:
    whole = image("JPEG")("the medlar\n\n\n\n\n\n\n\n\nthe end of it")
    document = person.put("cut.jpg", whole[: len(whole) * 2 // 3])
    assert document.state == DocumentState.DOCUMENT_STATE_READY
    assert [warning.page for warning in document.warnings] == [1]
    assert person.finds("medlar") == [document.id]


def test_a_name_that_lies_does_not_matter(person: Person) -> None:
    document = person.put("called.pdf", image("PNG")("in truth a picture of a mulberry"))
    assert (document.state, document.mime_type) == (DocumentState.DOCUMENT_STATE_READY, "image/png")
    assert person.finds("mulberry") == [document.id]


def test_a_transparent_picture_is_read_as_on_white(person: Person) -> None:
    drawn = picture(lines("the quince stands on nothing", points=20), dpi=150)
    clear = Image.merge("LA", (Image.new("L", drawn.size, 0), drawn.point(lambda value: 255 - value)))
    made = io.BytesIO()
    clear.save(made, "PNG")
    document = person.put("clear.png", made.getvalue())
    assert person.finds("quince") == [document.id]
