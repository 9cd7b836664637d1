"""An upload link from the command to the archive, through Envoy: as a browser sends, as curl does, and cut off in its middle."""

import socket
from collections.abc import Iterator
from io import BytesIO

import httpx
import pytest

from scriba.v1.documents_pb2 import Document
from tests.end_to_end.person import Person
from tests.running import wait_until

SECONDS = 60.0
LETTER = b"Quittung vom Schneckenzuchtverein, Beleg 4711.\n"
LARGE = b"x" * 3_000_000


@pytest.fixture
def url(person: Person) -> Iterator[str]:
    person.type("tags", "add", "club")
    made = person.type("sources", "add", "Receipts", "--tag", "club", "--max-file-bytes", "2MB", "--max-files", "3")
    url = made.out.strip()
    assert url.startswith(f"http://{person.daemon.address}/u/")
    yield url
    for line in person.type("sources", "list").out.splitlines()[1:]:
        person.type("sources", "revoke", line.split()[0])


def documents(person: Person, name: str) -> list[Document]:
    return [one for one in person.daemon.documents() if one.original_filename == name]


def test_files_come_by_a_link_through_the_port_and_are_read(person: Person, url: str) -> None:
    page = httpx.get(url, headers={"accept": "text/html", "accept-language": "de"})
    assert (page.status_code, "Dateien auswählen" in page.text) == (200, True)
    assert httpx.get(httpx.URL(url).join("/links.css")).status_code == 200
    sent = httpx.post(url, timeout=SECONDS, files=[("file", ("quittung.txt", BytesIO(LETTER))), ("file", ("large.txt", BytesIO(LARGE)))])
    assert sent.status_code == 413
    assert {one["name"]: one["outcome"] for one in sent.json()["files"]} == {"quittung.txt": "received", "large.txt": "too_large"}
    (document,) = documents(person, "quittung.txt")
    assert list(document.tags) == ["club"]
    again = httpx.post(url, timeout=SECONDS, files={"file": ("quittung.txt", BytesIO(LETTER))}, headers={"accept": "text/html"})
    assert (again.status_code, "received" in again.text, "set-cookie" in again.headers) == (200, True, False)
    assert "by the upload link 'Receipts'" in person.type("why", document.id).out
    wait_until(lambda: "quittung" in person.type("search", "Schneckenzuchtverein").out, 60)
    assert httpx.post(url, timeout=SECONDS, files={"file": ("last.txt", b"last of three")}).status_code == 200
    assert httpx.post(url, timeout=SECONDS, files={"file": ("more.txt", b"one too many")}).json()["files"] == [
        {"name": "more.txt", "received": False, "outcome": "full"}
    ]
    person.type("sources", "edit", person.type("sources", "list").out.splitlines()[1].split()[0], "--disable")
    gone, never = httpx.get(url, timeout=SECONDS), httpx.get(f"{url[:-1]}x")
    assert (gone.status_code, gone.content) == (404, never.content)


def test_who_is_cut_off_leaves_nothing_in_the_spool(person: Person, url: str) -> None:
    host, _, port = person.daemon.address.rpartition(":")
    uploads = person.daemon.data.uploads
    head = (
        f"POST {httpx.URL(url).path} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n"
    )
    part = '--b\r\nContent-Disposition: form-data; name="file"; filename="cut.txt"\r\n\r\n'
    with socket.create_connection((host, int(port))) as line:
        line.sendall((head + part).encode() + b"x" * 500_000)
        wait_until(lambda: any(uploads.iterdir()), 20)
    wait_until(lambda: not any(uploads.iterdir()), 20)
    assert documents(person, "cut.txt") == []
