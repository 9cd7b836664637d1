"""Upload links in the browser's place: what comes by them is safe before it is called received, and nothing else is ever told."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from actors.identity.passwords import hash_password
from actors.intake.errors import NoSpace, OwnerGone, StorageFailed
from actors.runtime.errors import ActorLost
from actors.store.files.health import StoreHealth
from actors.store.nouns.audit import Act, AuditFilter, AuditNoun, Author, AuthorKind
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role, UserFacts
from actors.store.nouns.receiving import Bounds, Received
from daemon.web.links.guesses import FREE_OF_BOTH
from daemon.web.receiving.delivery import PREFIX, remove_received
from daemon.web.receiving.room import MOST_SENDING_BY_LINK
from tests.store.making import START
from tests.web.asking import ask
from tests.web.reception import MOST_BYTES, PATH, Porch
from tests.web.sending import files, form, part, pieces, send

PASSWORD = "four words of a password"
PDF = b"%PDF-1.4\n" + b"x" * 50
HTML = {"accept": "text/html,*/*"}


@pytest.fixture
def porch(tmp_path: Path) -> Iterator[Porch]:
    porch = Porch(tmp_path)
    yield porch
    assert porch.spool() == []  # I8, whatever came
    porch.store.close()


@pytest.fixture(scope="module")
def kept() -> str:
    return hash_password(PASSWORD)


async def test_what_comes_by_a_link_is_in_the_archive_with_what_the_link_gives(porch: Porch) -> None:
    anna = porch.store.users.create(UserFacts("anna", Role.EDITOR), START).id
    tag, bank = (
        porch.store.catalog.labels.create(kind, LabelFacts(name)).id
        for kind, name in ((LabelKind.TAG, "tax"), (LabelKind.CORRESPONDENT, "Bank"))
    )
    link = porch.link(owner=anna, tags=(tag,), correspondent=bank)
    answer = await send(porch.app, PATH, pieces(files(("a.txt", b"one"), ("b.pdf", PDF)), 7))
    assert (answer.status, answer.json()) == (
        200,
        {"files": [{"name": name, "received": True, "outcome": "received"} for name in ("a.txt", "b.pdf")], "error": ""},
    )
    assert porch.names() == ["a.txt", "b.pdf"]
    for document in porch.documents():
        assert (document.owner, document.tags, document.correspondent and document.correspondent.name) == (anna, ("tax",), "Bank")
        assert porch.store.originals.path(document).read_bytes() in (b"one", PDF)
        assert {one.reason.words for one in porch.store.assignments.list(document.id)} == {"by the upload link 'Receipts'"}
    assert porch.received(link) == Received(2, 3 + len(PDF))


async def test_the_audit_tells_by_which_link_and_from_where_a_file_came(porch: Porch) -> None:
    porch.link()
    await send(porch.app, PATH, [files(("a.txt", b"one"))], headers={"x-scriba-peer": "10.0.0.1"})
    (entry,) = porch.store.audit.list(AuditFilter(noun=AuditNoun.DOCUMENT), None, 9)
    assert (entry.deed.act, entry.deed.subject) == (Act.CREATED, porch.documents()[0].id)
    assert entry.author == Author(AuthorKind.UPLOAD_LINK, "", token_name="Receipts", address="10.0.0.1")


async def test_a_page_in_the_visitors_language_asks_for_files_without_a_script(porch: Porch) -> None:
    porch.link("<b>Belege</b>", bounds=Bounds(3, 2_000, 0, ("application/pdf", "image/*")))
    page = await ask(porch.app, "GET", PATH, headers={**HTML, "accept-language": "de"})
    text = page.body.decode()
    assert (page.status, page.headers["content-language"], page.headers["cache-control"]) == (200, "de", "no-store")
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers
    for words in (
        "&lt;b&gt;Belege&lt;/b&gt;",
        'accept="application/pdf,image/*"',
        'capture="environment"',
        "3 weitere Dateien",
        "bis zu 2 kB",
    ):
        assert words in text
    assert not any(one in text for one in ("<script", "<b>", "style=", "onclick"))
    sent = await send(porch.app, PATH, [files(("<i>.txt", b"one"))], headers=HTML | {"accept-language": "de"})
    assert "angekommen" in sent.body.decode()
    assert "&lt;i&gt;.txt" in sent.body.decode()


async def test_a_page_for_papers_alone_offers_no_camera(porch: Porch) -> None:
    porch.link(bounds=Bounds(mime_types=("application/pdf",)))
    assert b"capture" not in (await ask(porch.app, "GET", PATH, headers=HTML)).body


async def test_what_the_archive_has_is_received_like_all_else(porch: Porch) -> None:
    porch.link()
    first, again = [await send(porch.app, PATH, [files(("a.txt", b"one"))]) for _ in range(2)]
    assert (first.status, first.body, dict(first.headers)) == (again.status, again.body, dict(again.headers))
    assert [document.duplicate_count for document in porch.documents()] == [1]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("headers", [HTML, {}])
async def test_no_link_and_one_that_ended_look_the_same(porch: Porch, method: str, headers: dict[str, str]) -> None:
    porch.link(secret="ended", expire_time=START - timedelta(seconds=1))
    porch.link(secret="off", disabled=True)
    answers = []
    for path in ("/u/never", "/u/ended", "/u/off", f"/u/{'x' * 5_000}"):
        sent = [files(("a", b"x"))]
        asked = ask(porch.app, "GET", path, headers=headers) if method == "GET" else send(porch.app, path, sent, headers=headers)
        answers.append(await asked)
    assert answers == [answers[0]] * 4
    assert answers[0].status == 404
    assert porch.documents() == []


async def test_a_full_link_says_so_to_whoever_has_it(porch: Porch) -> None:
    link = porch.link(bounds=Bounds(files=1))
    answer = await send(porch.app, PATH, [files(("a.txt", b"one"), ("b.txt", b"two"))])
    assert (answer.status, [one["outcome"] for one in answer.json()["files"]]) == (404, ["received", "full"])
    page = await ask(porch.app, "GET", PATH, headers=HTML)
    assert (page.status, b"This link is full" in page.body) == (404, True)
    assert (porch.names(), porch.received(link)) == (["a.txt"], Received(1, 3))


@pytest.mark.parametrize(("size", "outcome"), [(9, "received"), (10, "received"), (11, "too_large")])
async def test_a_file_has_no_more_bytes_than_the_link_allows(porch: Porch, size: int, outcome: str) -> None:
    porch.link(bounds=Bounds(file_bytes=10))
    answer = await send(porch.app, PATH, pieces(files(("a.txt", b"x" * size), ("b.txt", b"ok")), 5))
    assert [one["outcome"] for one in answer.json()["files"]] == [outcome, "received"]
    assert answer.status == (200 if outcome == "received" else 413)


@pytest.mark.parametrize(("size", "outcome"), [(MOST_BYTES - 1, "received"), (MOST_BYTES, "received"), (MOST_BYTES + 1, "too_large")])
async def test_a_file_has_no_more_bytes_than_the_archive_takes(porch: Porch, size: int, outcome: str) -> None:
    porch.link(bounds=Bounds(file_bytes=MOST_BYTES * 2))
    answer = await send(porch.app, PATH, pieces(files(("a.txt", b"x" * size))))
    assert [one["outcome"] for one in answer.json()["files"]] == [outcome]


async def test_kinds_are_told_by_what_files_hold_and_not_by_their_names(porch: Porch) -> None:
    porch.link(bounds=Bounds(mime_types=("application/pdf", "image/*")))
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"
    answer = await send(porch.app, PATH, [files(("a.pdf", b"no paper"), ("b.png", PDF), ("c", png))])
    assert (answer.status, [one["outcome"] for one in answer.json()["files"]]) == (415, ["wrong_type", "received", "received"])


async def test_a_password_is_asked_for_before_the_files(porch: Porch, kept: str) -> None:
    porch.link("Receipts", kept)
    page = await ask(porch.app, "GET", PATH, headers=HTML)
    assert b'type="password"' in page.body
    assert b"Receipts" not in page.body
    typed = "application/x-www-form-urlencoded"
    wrong = await send(porch.app, PATH, [b"password=something+else"], kind=typed, headers=HTML)
    assert (wrong.status, b"not the password" in wrong.body) == (403, True)
    right = await send(porch.app, PATH, [f"password={PASSWORD.replace(' ', '+')}".encode()], kind=typed, headers=HTML)
    ticket = right.body.decode().split('name="ticket" value="')[1].split('"')[0]
    assert "set-cookie" not in right.headers
    parts = {
        "none": [part("file", b"1", "none")],
        "wrong": [part("password", b"something else"), part("file", b"2", "wrong")],
        "late": [part("file", b"3", "late"), part("password", PASSWORD.encode())],
        "forged": [part("ticket", b"99999999.forged"), part("file", b"4", "forged")],
        "right": [part("password", PASSWORD.encode()), part("file", b"5", "right")],
        "ticket": [part("ticket", ticket.encode()), part("file", b"6", "ticket")],
    }
    statuses = {name: (await send(porch.app, PATH, [form(*one)])).status for name, one in parts.items()}
    assert statuses == {"none": 403, "wrong": 403, "late": 403, "forged": 403, "right": 200, "ticket": 200}
    assert porch.names() == ["right", "ticket"]
    porch.seconds += 4_000
    assert (await send(porch.app, PATH, [form(*parts["ticket"])])).status == 403


async def test_who_guesses_passwords_must_wait(porch: Porch, kept: str) -> None:
    porch.link("Receipts", kept)
    guess = form(part("password", b"something else"), part("file", b"1", "a"))
    statuses = [(await send(porch.app, PATH, [guess], headers={"x-scriba-peer": "10.0.0.1"})).status for _ in range(FREE_OF_BOTH + 2)]
    assert statuses == [403] * FREE_OF_BOTH + [429, 429] or statuses == [403] * (FREE_OF_BOTH + 1) + [429]
    right = form(part("password", PASSWORD.encode()), part("file", b"1", "a"))
    assert (await send(porch.app, PATH, [right], headers={"x-scriba-peer": "10.0.0.1"})).status == 429
    assert (await send(porch.app, PATH, [right], headers={"x-scriba-peer": "10.0.0.2"})).status == 200


@pytest.mark.parametrize(
    ("failure", "outcome", "counted"),
    [
        (NoSpace("full"), "no_room", 0),
        (StorageFailed("broken"), "try_again", 0),
        (OwnerGone("gone"), "try_again", 0),
        (ActorLost("lost"), "try_again", 1),
    ],
)
async def test_what_is_not_accepted_is_not_called_received(porch: Porch, failure: Exception, outcome: str, counted: int) -> None:
    link, porch.intake.failure = porch.link(), failure
    answer = await send(porch.app, PATH, [files(("a.txt", b"one"))])
    assert answer.status >= 500
    assert answer.json()["files"] == [{"name": "a.txt", "received": False, "outcome": outcome}]
    assert porch.received(link).files == counted  # what may have come stays counted


async def test_nothing_is_written_while_the_archive_takes_nothing_in(porch: Porch) -> None:
    porch.link()
    porch.health = StoreHealth(readable=True, writable=True, accepting=False, problem="the disk is nearly full")
    answer = await send(porch.app, PATH, [files(("a.txt", b"one"))])
    assert (answer.status, answer.json()["files"][0]["outcome"], porch.intake.orders) == (507, "no_room", [])
    assert b"nearly" not in answer.body


async def test_who_hangs_up_leaves_nothing_but_what_came_whole(porch: Porch) -> None:
    link = porch.link()
    body = files(("a.txt", b"one"), ("b.txt", b"x" * 9_000))
    answer = await send(porch.app, PATH, pieces(body[:-5_000], 1_000), hang_up=True)
    assert (answer.status, [one["outcome"] for one in answer.json()["files"]]) == (400, ["received"])
    assert (porch.names(), porch.received(link)) == (["a.txt"], Received(1, 3))


async def test_a_link_has_a_few_senders_at_once(porch: Porch) -> None:
    porch.link()
    begun, go_on = asyncio.Semaphore(0), asyncio.Event()

    async def slowly(name: str) -> AsyncIterator[bytes]:
        yield part("file", b"x" + name.encode(), name)
        begun.release()
        await go_on.wait()
        yield form()

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        sending = [group.create_task(send(porch.app, PATH, slowly(f"{number}"))) for number in range(MOST_SENDING_BY_LINK)]
        for _ in sending:
            await begun.acquire()
        answer = await send(porch.app, PATH, [files(("late", b"late"))])
        go_on.set()
    assert (answer.status, answer.headers["retry-after"], answer.json()["files"]) == (503, "60", [])
    assert {task.result().status for task in sending} == {200}
    assert (await send(porch.app, PATH, [files(("late", b"late"))])).status == 200


def test_what_a_former_life_left_of_files_by_links_goes_and_uploads_stay(tmp_path: Path) -> None:
    for name in (f"{PREFIX}1-ab.part", "3f2c9f1e-upload.part"):
        (tmp_path / name).write_bytes(b"half")
    assert remove_received(tmp_path) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["3f2c9f1e-upload.part"]
