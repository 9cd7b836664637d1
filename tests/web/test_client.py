"""The web client's files as browsers ask for them: addresses of pages, compressed copies, how long each is kept, and under which policy."""

import base64
import gzip
import hashlib
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.web.app import PAGE
from daemon.web.client.encodings import ENCODINGS, encodings_taken
from daemon.web.client.files import ASSETS, ClientFiles, is_page
from daemon.web.client.place import built_client
from daemon.web.headers import CLIENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY, SECURITY_HEADERS, SecurityHeaders
from tests.web.asking import Answer, ask

MODULES = Path(__file__).parents[2] / "clients/web/node_modules"
HTML = b"<!doctype html><title>the client</title>"
SCRIPT = b"export {};\n" * 40


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Lay out a client as a build does."""
    folder = tmp_path / "client"
    (folder / ASSETS).mkdir(parents=True)
    (folder / "index.html").write_bytes(HTML)
    (folder / "icon.svg").write_bytes(b"<svg/>")
    for name, content in {"index-4fZ_w.js": SCRIPT, "worker-9.mjs": SCRIPT, "maps-1.bcmap": b"\x00", "codec-2.wasm": b"\x00asm"}.items():
        (folder / ASSETS / name).write_bytes(content)
    (folder / ASSETS / "index-4fZ_w.js.br").write_bytes(b"in brotli")
    (folder / ASSETS / "index-4fZ_w.js.gz").write_bytes(gzip.compress(SCRIPT, mtime=0))
    return folder


async def get(client: Path, path: str, method: str = "GET", **headers: str) -> Answer:
    app = SecurityHeaders(ClientFiles(client, PAGE))
    return await ask(app, method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("path", ["/", "/inbox", "/documents/0198-ab", "/settings/users/", "/sign-in", "/nowhere/at/all", "/ä"])
async def test_every_address_of_a_page_gets_the_page_which_is_asked_for_anew(client: Path, path: str) -> None:
    answer = await get(client, path)
    assert (answer.status, answer.body) == (200, HTML)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("text/html; charset=utf-8", "no-cache")


@pytest.mark.parametrize("path", ["/assets/gone-1.js", "/assets/", "/assets/page", "/favicon.ico", "/.env", "/documents/x.php"])
async def test_a_file_that_is_not_there_is_not_found(client: Path, path: str) -> None:
    answer = await get(client, path)
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-cache")


@pytest.mark.parametrize(
    "path",
    ["/../secret", "/assets/../../secret", "/%2e%2e/secret", "/..\\secret", "//secret", "/assets/./../../secret", "/\x00", "/secret\n"],
)
async def test_no_path_leads_out_of_the_folder(client: Path, path: str) -> None:
    (client.parent / "secret").write_text("a secret")
    answer = await get(client, path)
    assert b"a secret" not in answer.body
    assert answer.status in (200, 404)


@given(st.text(max_size=40))
async def test_any_path_is_answered_with_a_file_of_ours_or_with_none(path: str) -> None:
    answer = await get(Path("nowhere"), f"/{path.replace('?', '')}")
    ours = {file.read_bytes() for file in PAGE.iterdir()}
    assert answer.status == 404 or answer.body in ours


async def test_what_has_its_hash_in_its_name_is_kept_for_ever_and_nothing_else_is(client: Path) -> None:
    kept = {path: (await get(client, path)).headers["cache-control"] for path in ("/assets/index-4fZ_w.js", "/icon.svg", "/index.html")}
    assert kept == {
        "/assets/index-4fZ_w.js": "public, max-age=31536000, immutable",
        "/icon.svg": "no-cache",
        "/index.html": "no-cache",
    }


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("identity", None),
        ("", None),
        ("BR", "br"),
        ("br;q=nonsense", None),
    ],
)
async def test_a_browser_is_sent_the_smallest_copy_that_it_takes(client: Path, accepted: str, encoding: str | None) -> None:
    answer = await get(client, "/assets/index-4fZ_w.js", accept_encoding=accepted)
    bodies = {"br": b"in brotli", "gzip": gzip.compress(SCRIPT, mtime=0), None: SCRIPT}
    assert (answer.headers.get("content-encoding"), answer.body) == (encoding, bodies[encoding])
    assert (answer.headers["vary"], answer.headers["content-type"]) == ("accept-encoding", "text/javascript; charset=utf-8")
    assert int(answer.headers["content-length"]) == len(answer.body)


async def test_a_file_without_a_compressed_copy_is_sent_as_it_is(client: Path) -> None:
    answer = await get(client, "/icon.svg", accept_encoding="br, gzip")
    assert (answer.body, answer.headers.get("content-encoding"), answer.headers["vary"]) == (b"<svg/>", None, "accept-encoding")


async def test_compressed_copies_have_no_address_of_their_own(client: Path) -> None:
    assert [(await get(client, f"/assets/index-4fZ_w.js{each.ending}")).status for each in ENCODINGS] == [404, 404]


@given(st.text())
def test_any_header_leads_to_encodings_of_ours(accepted: str) -> None:
    assert set(encodings_taken(accepted)) <= set(ENCODINGS)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("worker-9.mjs", "text/javascript; charset=utf-8"),
        ("codec-2.wasm", "application/wasm"),
        ("maps-1.bcmap", "application/octet-stream"),
    ],
)
async def test_browsers_are_told_the_type_that_they_insist_on(client: Path, name: str, kind: str) -> None:
    assert (await get(client, f"/assets/{name}")).headers["content-type"] == kind


async def test_what_a_browser_has_is_not_sent_again_until_it_changes(client: Path) -> None:
    tag = (await get(client, "/")).headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        again = await get(client, "/inbox", if_none_match=known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    before = (client / "index.html").stat()
    (client / "index.html").write_bytes(HTML.replace(b"client", b"update"))
    os.utime(client / "index.html", ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert (await get(client, "/", if_none_match=tag)).status == 200


async def test_each_copy_has_a_tag_of_its_own(client: Path) -> None:
    tags = {(await get(client, "/assets/index-4fZ_w.js", accept_encoding=accepted)).headers["etag"] for accepted in ("br", "gzip", "")}
    assert len(tags) == 3


async def test_a_head_is_answered_without_a_body_and_nothing_can_be_sent(client: Path) -> None:
    head = await get(client, "/inbox", "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(HTML)))
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = await get(client, "/inbox", method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/assets/index-4fZ_w.js", "/assets/worker-9.mjs"])
async def test_page_scripts_and_workers_stand_under_the_clients_policy_and_all_other_headers(client: Path, path: str) -> None:
    answer = await get(client, path)
    expected = {**SECURITY_HEADERS, "content-security-policy": CLIENT_SECURITY_POLICY}
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == expected


def test_the_policy_lets_in_nothing_from_elsewhere_nothing_inline_and_no_data_url() -> None:
    rules = dict(rule.split(" ", 1) for rule in CLIENT_SECURITY_POLICY.split("; "))
    allowed = {source for sources in rules.values() for source in sources.split()}
    assert allowed - {"'none'", "'self'", "blob:"} == set(re.findall(r"'sha256-[^']+'", rules["style-src"]))
    assert [name for name, sources in rules.items() if "blob:" in sources] == ["img-src"]
    assert {name for name, sources in rules.items() if sources == "'none'"} == {"default-src", "base-uri", "form-action", "frame-ancestors"}


def test_the_one_style_let_in_by_its_hash_is_the_one_that_react_aria_writes() -> None:
    source = (MODULES / "react-aria/dist/private/overlays/usePreventScroll.mjs").read_text()
    (written,) = re.findall(r"style\.textContent = `([^`]*)`\.trim\(\)", source)
    digest = base64.b64encode(hashlib.sha256(written.strip().encode()).digest()).decode()
    assert re.findall(r"'sha256-([^']+)'", CLIENT_SECURITY_POLICY) == [digest]


async def test_without_a_built_client_a_page_says_how_to_build_it(tmp_path: Path) -> None:
    for path in ("/", "/documents/1"):
        answer = await get(tmp_path, path)
        assert answer.status == 200
        assert b"make web" in answer.body
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert (await get(tmp_path, "/page.css")).status == 200


async def test_a_client_built_meanwhile_is_there_at_once(tmp_path: Path) -> None:
    assert b"make web" in (await get(tmp_path / "client", "/")).body
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "index.html").write_bytes(HTML)
    assert (await get(tmp_path / "client", "/")).body == HTML


@pytest.mark.parametrize(("path", "page"), [("/a.b/c", True), ("/a/b.c", False), ("/assets", False), ("/assets/a", False), ("/", True)])
def test_a_page_has_no_dot_in_its_last_name(path: str, page: bool) -> None:
    assert is_page(path) is page


def test_the_client_is_looked_for_where_it_is_built() -> None:
    assert built_client() == MODULES.parent / "dist"
