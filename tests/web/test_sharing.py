"""The pages of share links, asked as visitors ask them, on a real store."""

import asyncio
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from starlette.applications import Starlette

from actors.identity.passwords import hash_password
from actors.identity.tokens import digest
from actors.store.files.data_dir import DataDir
from actors.store.nouns.access import AccessChange
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState, NewDocument, SourceKey, SourceKind
from actors.store.nouns.audit import AuditFilter, AuthorKind
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.nouns.sharing import NewShareLink, ShareContent, ShareLinkFacts, ShareLinkId
from actors.store.store import Store
from daemon.service.around.proxies import Proxies
from daemon.web.headers import SecurityHeaders
from daemon.web.links.guesses import FREE_OF_BOTH
from daemon.web.sharing.reads import LOOK_SECONDS
from daemon.web.sharing.routes import share_routes
from daemon.web.sharing.sending import disposition
from daemon.web.sharing.visits import MOST_SENT
from tests.archives import open_archive
from tests.store.making import START, at, document_id, leased, new_document, staged
from tests.web.asking import Answer, ask

SECRET = "a-secret-of-a-link"
PASSWORD = "four words of a password"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass
class Doors:
    """The pages of an archive whose clocks a test moves."""

    store: Store
    now: datetime = START
    seconds: float = 1_000.0
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app = SecurityHeaders(
            Starlette(routes=list(share_routes(self.store, lambda: self.now, lambda: self.seconds, Proxies().address)))
        )

    def share(self, *documents: DocumentId, content: ShareContent = ShareContent.ORIGINALS, **options: Any) -> ShareLinkId:
        """Make a link by the secret of these tests."""
        maker, password = options.pop("maker", None), options.pop("password_hash", "")
        new = NewShareLink(maker, digest(SECRET), documents, content, ShareLinkFacts(**options), password)
        return self.store.share_links.create(new, START).id

    async def get(self, rest: str = "", method: str = "GET", **options: Any) -> Answer:
        return await ask(self.app, method, f"/s/{SECRET}{rest}", headers=self.headers, **options)

    async def post(self, rest: str = "", address: str = "::1", **fields: str) -> Answer:
        headers = {**FORM, **self.headers, "x-scriba-peer": address}
        return await ask(self.app, "POST", f"/s/{SECRET}{rest}", urlencode(fields).encode(), headers)


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    store = open_archive(DataDir(tmp_path / "archive"))
    yield Doors(store)
    store.close()


@pytest.fixture(scope="module")
def kept() -> str:
    return hash_password(PASSWORD)


def accept(store: Store, content: str, filename: str, mime_type: str, title: str = "") -> DocumentId:
    """Take in a file of any kind."""
    made = new_document(content.encode(), title)
    new = NewDocument(made.sha256, made.size_bytes, mime_type, filename, made.title)
    store.originals.put(staged(store, content.encode(), made.sha256), made.sha256, Path(filename).suffix)
    return store.documents.accept(new, SourceKey(SourceKind.UPLOAD, content), START).document_id


def downloads(doors: Doors, link: ShareLinkId) -> int:
    """Tell how many downloads were counted."""
    return doors.store.share_links.get(link).downloads


def open_files(doors: Doors) -> set[Path]:
    """List the originals of this archive that this process holds open; files of other tests are none of its."""
    links = (Path(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd"))  # noqa: PTH208  # the names alone
    found = set()
    for link in links:
        with suppress(FileNotFoundError):  # the one by which the folder was read
            found.add(link.readlink())
    return {path for path in found if path.is_relative_to(doors.store.data.originals)}


async def test_the_page_lists_what_is_shared_and_counts_nothing(doors: Doors) -> None:
    link = doors.share(document_id(doors.store, "first"), document_id(doors.store, "second"), name="For you", expire_time=at(60))
    for method in ("GET", "HEAD", "POST"):
        answer = await doors.get(method=method)
        assert answer.status == 200
    page = answer.body.decode()
    assert all(words in page for words in ("<h1><bdi>For you</bdi></h1>", "<bdi>first</bdi>", "<bdi>second</bdi>", "2026-11-25 12:01 UTC"))
    assert page.count(f'action="/s/{SECRET}/files/') == 2
    assert f'action="/s/{SECRET}/all.zip"' in page
    assert downloads(doors, link) == 0


async def test_a_file_is_sent_whole_under_a_name_and_counted(doors: Doors) -> None:
    link = doors.share(document_id(doors.store, "x" * 700_000, title="letter"))
    for answer in (await doors.get("/files/1"), await doors.post("/files/1")):
        assert (answer.status, answer.body, answer.whole) == (200, b"x" * 700_000, True)
        assert answer.headers["content-length"] == "700000"
        assert answer.headers["content-disposition"].startswith('attachment; filename="letter.pdf"')
        assert answer.headers["content-type"] == "application/octet-stream"
    assert downloads(doors, link) == 2
    assert open_files(doors) == set()


async def test_who_asks_for_the_headers_alone_is_not_counted(doors: Doors) -> None:
    link = doors.share(document_id(doors.store), document_id(doors.store, "second"), max_downloads=1)
    answer = await doors.get("/files/1", method="HEAD")
    assert (answer.status, answer.headers["content-length"], answer.body) == (200, "6", b"")
    assert (await doors.get("/all.zip", method="HEAD")).status == 200
    assert downloads(doors, link) == 0
    assert open_files(doors) == set()


async def test_all_come_as_one_zip_and_count_once(doors: Doors) -> None:
    link = doors.share(document_id(doors.store, "first"), document_id(doors.store, "second"), name='tax "2025"/26')
    answer = await doors.post("/all.zip")
    with ZipFile(BytesIO(answer.body)) as found:
        assert {name: found.read(name) for name in found.namelist()} == {"first.pdf": b"first", "second.pdf": b"second"}
    assert answer.headers["content-disposition"].startswith('attachment; filename="tax _2025__26.zip"')
    assert downloads(doors, link) == 1


async def test_archives_are_given_where_they_are_asked_for_and_originals_where_there_is_none(doors: Doors) -> None:
    job = leased(doors.store, "scan")
    document = job.document_id or DocumentId(0)
    doors.store.documents.set_inspection(document, job.fence, 3, False, False, (), START)
    doors.store.data.archive_file(document).write_bytes(b"searchable")
    doors.store.documents.set_result(document, job.fence, DocumentState.READY, "en", (), True, START)
    doors.share(document, document_id(doors.store, "plain"), content=ShareContent.ARCHIVES)
    assert b"3 pages \xc2\xb7 10 B" in (await doors.get()).body
    assert [(await doors.get(f"/files/{place}")).body for place in (1, 2)] == [b"searchable", b"plain"]
    with ZipFile(BytesIO((await doors.get("/all.zip")).body)) as found:
        assert sorted(found.read(name) for name in found.namelist()) == [b"plain", b"searchable"]


async def test_whatever_is_not_there_looks_the_same(doors: Doors) -> None:
    unknown = await doors.get()
    assert unknown.status == 404
    document, link = document_id(doors.store), ShareLinkId(0)
    for options in ({"disabled": True}, {"expire_time": START}, {"maker": gone_user(doors.store)}):
        if link:
            doors.store.share_links.delete(link)
        link = doors.share(document, **options)
        for rest in ("", "/files/1", "/all.zip"):
            for answer in (await doors.get(rest), await doors.post(rest, password="x")):
                assert (answer.status, answer.body, answer.headers) == (unknown.status, unknown.body, unknown.headers)
    doors.store.share_links.update(link, ShareLinkFacts(), None)
    assert (await doors.get("/files/2")).body == unknown.body


def gone_user(store: Store) -> UserId:
    """Add a user who may no longer come in."""
    return store.users.create(UserFacts("Anna", Role.EDITOR, enabled=False), START).id


async def test_a_link_ends_at_its_second_also_for_who_sees_the_page_still(doors: Doors) -> None:
    doors.share(document_id(doors.store), expire_time=at(60))
    doors.now = at(59.9)
    assert (await doors.get("/files/1")).status == 200
    doors.now = at(60)
    assert [(await doors.get(rest)).status for rest in ("", "/files/1", "/all.zip")] == [404] * 3


async def test_what_its_maker_loses_is_gone_from_page_file_and_zip(doors: Doors) -> None:
    anna, bert = (doors.store.users.create(UserFacts(name, Role.EDITOR), START).id for name in ("Anna", "Bert"))
    first, second = document_id(doors.store, "canary"), document_id(doors.store, "second")
    doors.share(first, second, maker=bert)
    assert b"canary" in (await doors.get()).body
    doors.store.permissions.change([first], AccessChange(owner=anna), None, START)
    for rest in ("", "/files/1", "/all.zip"):
        assert b"canary" not in (await doors.get(rest)).body
    assert (await doors.get("/files/1")).status == 404
    assert (await doors.get("/files/2")).body == b"second"
    doors.store.documents.delete(second, None, START)
    assert (await doors.get()).status == 404


async def test_the_last_download_raced_by_twenty_is_given_as_often_as_it_may(doors: Doors) -> None:
    link = doors.share(document_id(doors.store), max_downloads=3)
    answers = await asyncio.gather(*(doors.post("/files/1") for _ in range(20)))
    assert sorted(answer.status for answer in answers) == [200] * 3 + [404] * 17
    assert (downloads(doors, link), open_files(doors)) == (3, set())


async def test_a_password_is_asked_for_before_anything_is_told(doors: Doors, kept: str) -> None:
    link = doors.share(document_id(doors.store, "canary"), document_id(doors.store, "second"), name="canary", password_hash=kept)
    for rest in ("", "/files/1", "/all.zip"):
        for answer in (await doors.get(rest), await doors.post(rest), await doors.get(rest, method="HEAD")):
            assert (answer.status, b"canary" in answer.body, "content-disposition" in answer.headers) == (200, False, False)
    wrong = await doors.post("/files/1", password="wrong")
    assert (wrong.status, b'role="alert"' in wrong.body, downloads(doors, link)) == (403, True, 0)
    assert (await doors.post("/files/1", password=PASSWORD)).body == b"canary"


async def test_who_has_said_the_password_gets_a_ticket_and_no_password_stands_in_the_page(doors: Doors, kept: str) -> None:
    link = doors.share(document_id(doors.store, "first"), document_id(doors.store, "second"), password_hash=kept)
    page = (await doors.post(password=PASSWORD)).body.decode()
    assert PASSWORD not in page
    (ticket,) = set(re.findall(r'name="ticket" value="([^"]+)"', page))
    assert (await doors.post("/files/2", ticket=ticket)).body == b"second"
    assert (await doors.post("/all.zip", ticket=ticket)).headers["content-type"] == "application/zip"
    assert (await doors.post("/files/2", ticket="1" + ticket)).headers["content-type"].startswith("text/html")
    doors.store.share_links.update(link, ShareLinkFacts(), hash_password("another password than that"))
    assert (await doors.post("/files/2", ticket=ticket)).headers["content-type"].startswith("text/html")


async def test_guessing_ends_in_a_pause_and_the_right_password_does_not_help_then(doors: Doors, kept: str) -> None:
    doors.share(document_id(doors.store), password_hash=kept)
    statuses = [(await doors.post(password=f"wrong {number}")).status for number in range(FREE_OF_BOTH)]
    late = await doors.post(password=PASSWORD)
    assert (statuses, late.status, int(late.headers["retry-after"]) > 0) == ([403] * FREE_OF_BOTH, 429, True)
    assert (await doors.post(address="::2", password=PASSWORD)).status == 200


def told(doors: Doors) -> list[tuple[str, str, str, str, str]]:
    """List what the audit tells of visitors, the oldest first."""
    entries = doors.store.audit.list(AuditFilter(), None, 99)[::-1]
    return [
        (one.deed.act.value, one.deed.noun.value, one.deed.name, one.author.token_name, one.author.address)
        for one in entries
        if one.author.kind is AuthorKind.SHARE_LINK and one.author.name == "Anna"
    ]


async def test_the_audit_tells_who_read_what_by_which_link_and_from_where(doors: Doors, kept: str) -> None:
    anna = doors.store.users.create(UserFacts("Anna", Role.EDITOR), START).id
    first, second = document_id(doors.store, "first"), document_id(doors.store, "second")
    doors.share(first, second, maker=anna, name="for you", password_hash=kept)
    await doors.get()
    await doors.post(password="wrong")
    for _ in range(2):
        await doors.post(password=PASSWORD)
    await doors.post("/files/2", address="::2", password=PASSWORD)
    await doors.post("/all.zip", password=PASSWORD)
    assert told(doors) == [
        ("refused", "share_link", "for you", "for you", "::1"),
        ("read", "share_link", "for you", "for you", "::1"),
        ("read", "document", "second", "for you", "::2"),
        ("read", "document", "first", "for you", "::1"),
        ("read", "document", "second", "for you", "::1"),
    ]
    doors.seconds += LOOK_SECONDS
    await doors.post(password=PASSWORD)
    assert told(doors)[5:] == [("read", "share_link", "for you", "for you", "::1")]


async def test_what_was_not_given_is_not_told_as_read(doors: Doors) -> None:
    anna = doors.store.users.create(UserFacts("Anna", Role.EDITOR), START).id
    doors.share(document_id(doors.store), maker=anna, max_downloads=1)
    await doors.get("/files/1", method="HEAD")
    await doors.get("/files/2")
    assert told(doors) == []
    assert [(await doors.get("/files/1")).status for _ in range(2)] == [200, 404]
    assert [act for act, *_ in told(doors)] == ["read"]


async def test_titles_and_names_are_text_and_never_markup(doors: Doors) -> None:
    evil = '<script>alert("1")</script>&"\''
    doors.share(document_id(doors.store, "one", title=evil), name=f"{evil}!")
    page = (await doors.get()).body.decode()
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 3


@pytest.mark.parametrize(
    ("title", "plain", "full"),
    [
        ('a "b" \\ c', "a _b_ _ c.pdf", "a%20_b_%20_%20c.pdf"),
        ("two\r\nlines: x", "two__lines_ x.pdf", "two__lines_%20x.pdf"),
        ("exe\u202efdp", "exe_fdp.pdf", "exe_fdp.pdf"),
        ("Prüfung €5", "Pr_fung _5.pdf", "Pr%C3%BCfung%20%E2%82%AC5.pdf"),
        ("../../etc/passwd", "_.._etc_passwd.pdf", "_.._etc_passwd.pdf"),
    ],
)
async def test_a_files_name_is_safe_and_whole_for_every_browser(doors: Doors, title: str, plain: str, full: str) -> None:
    document = document_id(doors.store, "one")
    doors.store.documents.update(document, DocumentChanges(title=title), None, START)
    doors.share(document)
    told = (await doors.get("/files/1")).headers["content-disposition"]
    assert told == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"


def test_a_name_can_end_no_header() -> None:
    assert disposition("inline", 'a"\r\n%\\b') == "inline; filename=\"a_____b\"; filename*=UTF-8''a%22%0D%0A%25%5Cb"


@pytest.mark.parametrize(
    ("filename", "mime_type", "told"),
    [
        ("a.pdf", "application/pdf", "application/pdf"),
        ("a.png", "image/png", "image/png"),
        ("a.txt", "text/plain", "text/plain; charset=utf-8"),
        ("a.html", "text/html", ""),
        ("a.svg", "image/svg+xml", ""),
        ("a.eml", "message/rfc822", ""),
    ],
)
async def test_only_what_runs_nothing_opens_in_the_browser(doors: Doors, filename: str, mime_type: str, told: str) -> None:
    doors.share(accept(doors.store, "content", filename, mime_type))
    answer = await doors.post("/files/1", open="1")
    opened = answer.headers["content-disposition"].startswith("inline")
    assert (opened, answer.headers["content-type"]) == (bool(told), told or "application/octet-stream")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert ("sandbox" in answer.headers["content-security-policy"]) is (opened and mime_type != "application/pdf")
    assert (b'name="open"' in (await doors.get()).body) is bool(told)
    assert (await doors.get("/files/1")).headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("rest", ["", "/files/1", "/all.zip"])
async def test_nothing_behind_a_link_is_kept_found_or_told_on(doors: Doors, rest: str) -> None:
    doors.share(document_id(doors.store))
    answer = await doors.get(rest)
    told = {name: answer.headers[name] for name in ("cache-control", "x-robots-tag", "referrer-policy", "x-content-type-options")}
    assert told == {
        "cache-control": "no-store",
        "x-robots-tag": "noindex, nofollow, noarchive",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }


@pytest.mark.parametrize("rest", ["/files/1", "/all.zip"])
async def test_who_hangs_up_frees_the_file_and_his_place(doors: Doors, rest: str) -> None:
    link = doors.share(document_id(doors.store, "x" * 3_000_000, title="long"))
    for _ in range(MOST_SENT + 1):
        answer = await doors.get(rest, hang_up_after=500_000)
        assert (answer.status, answer.whole) == (200, False)
        assert len(answer.body) < 1_500_000
    assert (open_files(doors), downloads(doors, link)) == (set(), MOST_SENT + 1)


async def test_so_many_are_served_at_once_and_the_next_is_not_counted(doors: Doors) -> None:
    link, leave = doors.share(document_id(doors.store, "x" * 600_000, title="long")), asyncio.Event()
    standing = [asyncio.ensure_future(doors.get("/files/1", stall=leave)) for _ in range(MOST_SENT)]
    while downloads(doors, link) < MOST_SENT:
        await asyncio.sleep(0)
    refused = await doors.get("/files/1")
    assert (refused.status, "retry-after" in refused.headers, downloads(doors, link)) == (503, True, MOST_SENT)
    leave.set()
    await asyncio.gather(*standing)
    assert (await doors.get("/files/1")).status == 200


async def test_a_file_that_is_missing_is_not_counted(doors: Doors) -> None:
    there, missing = document_id(doors.store, "there"), document_id(doors.store, "missing")
    link = doors.share(there, missing)
    doors.store.originals.path(doors.store.documents.get(missing)).unlink()
    assert [(await doors.get(rest)).status for rest in ("", "/files/2", "/all.zip")] == [200, 503, 503]
    assert downloads(doors, link) == 0
    assert (await doors.get("/files/1")).body == b"there"


@pytest.mark.parametrize("secret", ["\0", "ä" * 5_000, "..", "%", "<script>", "\udcff", "a b", "'"])
async def test_whatever_is_asked_for_as_a_secret_leads_nowhere(doors: Doors, secret: str) -> None:
    for rest in ("", "/files/1", "/all.zip"):
        answer = await ask(doors.app, "GET", f"/s/{secret}{rest}")
        assert (answer.status, b"script" in answer.body) == (404, False)


async def test_a_link_that_lost_all_its_documents_is_gone(doors: Doors) -> None:
    document = document_id(doors.store)
    doors.share(document)
    doors.store.documents.delete(document, None, START)
    doors.store.documents.purge(document)
    assert (await doors.get()).status == 404


async def test_the_page_speaks_german_to_who_reads_it(doors: Doors) -> None:
    doors.share(document_id(doors.store, "x" * 1_500, title="Brief"), document_id(doors.store, "zwei"))
    doors.headers["accept-language"] = "de-DE,de;q=0.9"
    page = (await doors.get()).body.decode()
    assert all(words in page for words in ('<html lang="de">', "2 Dokumente für Sie", "Herunterladen", "1,5 kB"))
