"""A document shared by the command, and read by strangers through the one port."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

import pytest

from tests.end_to_end.person import Person

PASSWORD = "four words of a password"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def visit(url: str, rest: str = "", method: str = "GET", **fields: str) -> tuple[int, dict[str, str], bytes]:
    """Ask as a browser does that knows nothing but a link."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.netloc, timeout=30)
    connection.request(method, place.path + rest, urlencode(fields) if fields else None, FORM if fields else {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content


def shared(person: Person, *words: str, stdin: str = "") -> str:
    """Share by the command, and give the link."""
    typed = person.type("share", *words, stdin=stdin)
    assert typed.code == 0, typed.err
    return typed.out.strip()


@pytest.fixture
def letters(person: Person) -> list[str]:
    return [person.upload(f"shared-{name}.txt", f"The {name} letter that is shared.".encode()).document.id for name in ("first", "second")]


def test_strangers_read_what_is_shared_until_it_is_taken_back(person: Person, letters: list[str]) -> None:
    url = shared(person, *letters, "--expires", "1h", "--name", "For you")
    status, headers, page = visit(url)
    assert (status, headers["cache-control"], headers["referrer-policy"]) == (200, "no-store", "no-referrer")
    assert "form-action 'self'" in headers["content-security-policy"]
    assert (b"For you" in page, b"shared-first" in page) == (True, True)
    assert visit(url.partition("/s/")[0], "/links.css")[0] == 200
    assert visit(url, "/files/1", "POST")[2] == b"The first letter that is shared."
    assert visit(url, "/all.zip", "POST")[2][:4] == b"PK\x03\x04"
    assert "2" in person.type("shares", "list").out
    (link,) = (line.split()[0] for line in person.type("shares", "list").out.splitlines() if "For you" in line)
    assert person.type("shares", "revoke", link).code == 0
    assert visit(url)[0] == visit(url, "/files/1", "POST")[0] == visit(url + "x")[0] == 404
    assert url.rpartition("/")[2] not in person.daemon.log.read_text()
    read = person.type("audit", "--document", letters[0], "--act", "read").out
    assert read.count("link For you") == 2
    assert person.type("edit", letters[0], "--title", "paid").code == 0
    history = person.type("history", letters[0], "--json").out
    assert ('"before": "shared-first", "after": "paid"' in history, url.rpartition("/")[2] in history) == (True, False)


def test_a_password_opens_a_link_and_another_does_not(person: Person, letters: list[str]) -> None:
    url = shared(person, letters[0], "--password", stdin=f"{PASSWORD}\n")
    assert b"letter" not in visit(url)[2]
    assert visit(url, "/files/1", "POST", password="another one entirely")[0] == 403
    assert visit(url, "/files/1", "POST", password=PASSWORD)[2] == b"The first letter that is shared."


def test_twenty_strangers_race_for_the_last_downloads(person: Person, letters: list[str]) -> None:
    url = shared(person, letters[0], "--downloads", "3")
    with ThreadPoolExecutor(20) as strangers:
        found = sorted(status for status, _, _ in strangers.map(lambda _: visit(url, "/files/1", "POST"), range(20)))
    assert found == [200] * 3 + [404] * 17
