"""What docs/api.md says of the contract, of queries and of the SDK is so."""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from actors.index.errors import QueryError
from actors.index.fields import FIELDS
from actors.index.grammar import parse
from scriba.v1 import (
    access_pb2,
    accounts_pb2,
    admin_pb2,
    assignments_pb2,
    audit_pb2,
    bulk_edits_pb2,
    catalog_pb2,
    cluster_pb2,
    documents_pb2,
    folders_pb2,
    identity_pb2,
    mail_pb2,
    notes_pb2,
    notifications_pb2,
    permissions_pb2,
    search_pb2,
    shares_pb2,
    sources_pb2,
    versions_pb2,
    workflows_pb2,
)
from tests.clients.fake_archive import FakeArchive
from tests.clients.fake_server import TOKEN, FakeServer
from tests.clients.real_server import real_server
from tests.docs.grpcurl import grpcurl
from tests.docs.pages import ROOT, blocks, first_column, inline_code
from tests.service.house import TOKEN as REAL_TOKEN

API = ROOT / "docs/api.md"
TEXT = API.read_text(encoding="utf-8")
MODULES = (
    documents_pb2,
    catalog_pb2,
    folders_pb2,
    notes_pb2,
    assignments_pb2,
    bulk_edits_pb2,
    versions_pb2,
    workflows_pb2,
    search_pb2,
    admin_pb2,
    identity_pb2,
    accounts_pb2,
    permissions_pb2,
    shares_pb2,
    sources_pb2,
    mail_pb2,
    notifications_pb2,
    cluster_pb2,
    audit_pb2,
)
SERVICES = [service for module in MODULES for service in module.DESCRIPTOR.services_by_name.values()]
ROLE_ROW = re.compile(r"^\| ((?:`\w+`(?:, )?)+) \| (public|uploader|viewer|editor|admin) \|", re.MULTILINE)
TODAY = date(2024, 3, 31)


def test_every_rpc_stands_in_a_table_with_its_role() -> None:
    written = {rpc: role for rpcs, role in ROLE_ROW.findall(TEXT) for rpc in re.findall(r"\w+", rpcs)}
    roles = {
        method.name: access_pb2.Role.Name(method.GetOptions().Extensions[access_pb2.access].role).removeprefix("ROLE_").lower()
        for service in SERVICES
        for method in service.methods
    }
    assert written == roles


@pytest.mark.parametrize("query", first_column(API, "Queries"))
def test_a_written_query_is_one(query: str) -> None:
    parse(query, TODAY)


def test_every_field_of_a_query_is_named() -> None:
    named = set(inline_code(API))
    assert set(FIELDS) - named == set()


def test_the_wrong_query_that_is_shown_is_refused_with_the_words_that_are_shown() -> None:
    (shown,) = [block.text for block in blocks(API) if block.kind == "console"]
    query = shown.splitlines()[0].removeprefix("$ scriba search ")
    with pytest.raises(QueryError) as refused:
        parse(query, TODAY)
    assert str(refused.value) in shown
    assert refused.value.expected in shown


@pytest.fixture
def server() -> FakeServer:
    archive = FakeArchive()
    archive.add_document("water-bill", text="the hydrant levy", tags=["inbox"])
    archive.settled_jobs["j2"] = admin_pb2.JOB_STATE_SUCCEEDED
    return FakeServer(archive)


EXAMPLES = [block.text for block in blocks(API) if block.kind == "python" and "reflection" not in block.text]


@pytest.mark.parametrize("example", EXAMPLES, ids=["upload", "update"])
def test_a_written_example_runs(example: str, server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("SCRIBA_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SCRIBA_SERVER", server.address)
    monkeypatch.setenv("SCRIBA_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 a letter")
    try:
        exec(compile(example, str(API), "exec"), {"__name__": "example"})  # noqa: S102  # the page is ours, and running it is the point
    finally:
        server.stop()


CALLS = [block.text.splitlines() for block in blocks(API) if block.kind == "sh" and block.text.startswith("grpcurl ")]


@pytest.mark.parametrize("calls", CALLS)
def test_written_calls_by_grpcurl_are_answered_in_their_order(calls: list[str], tmp_path: Path) -> None:
    with real_server(tmp_path) as (address, house):
        house.accept("text", title="Letter")
        answers = [grpcurl(line.replace("$SCRIBA_TOKEN", REAL_TOKEN).replace("127.0.0.1:8440", address)) for line in calls]
    assert all(answers)
    assert answers[1]["labels"][0]["name"] == "ACME"
    assert answers[-1]["assignments"][0]["value"] == "ACME"
    assert answers[-2]["note"]["author"] == "local"
