"""What Bert is told is what he would be told if Anna had nothing hidden: by a real index, by every call, by logs and figures."""

import asyncio
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from prometheus_client import generate_latest
from structlog.testing import capture_logs

from scriba.v1 import admin_pb2, admin_pb2_grpc, documents_pb2, documents_pb2_grpc
from scriba.v1 import search_pb2 as pb
from tests.service.canary import HERS, NEARLY, archive
from tests.service.test_sight import CANARY, ENDLESS, READING, People, answers, asking

SEARCH, SUGGEST, SIMILAR, LIST = (
    next(one for one in READING if one.name == name)
    for name in ("SearchDocuments", "SuggestQueries", "FindSimilarDocuments", "ListDocuments")
)
# By each of them Anna finds something hidden.
FINDING = (
    CANARY,
    "canar*",
    "*rybird",
    "*narybi*",
    "narybi",
    "canerybird~",
    "cenerybird~2",
    f'"{CANARY}"',
    '"canarybir"',
    f'"lake {CANARY}"',
    f"title:{CANARY}",
    "title:can*",
    f"text:{CANARY}",
    f"note:{CANARY}",
    "filename:canarybird*",
    f"tag:{CANARY}",
    f'tag:="{CANARY} tag"',
    "correspondent:canary*",
    "type:canary*",
    "path:canary*",
    f"field.codename:{CANARY}",
    "field.codename:*",
    f"field.link:{CANARY}",
    "field.related:1",
    "id:4",
    "id:>0",
    "*",
    "NOT letter",
    f"letter OR {CANARY}",
    "water works",
    "created:2024",
    "added:[2020 to 2030]",
    "language:en",
    "mime:pdf",
    "state:failed",
)
REFUSED = (f"tag:({CANARY}", f"created:{CANARY}", f"field.{CANARY}:x", f'"{CANARY}')
LINKS = ("field.related:4", "field.related:[4 to 4]", "field.related:>3", "field.related:[1 to 9]", "NOT field.related:4")
OTHERS = (*LINKS, f"NOT {CANARY}", f"water -{CANARY}", f"letter {CANARY}", "-tag:*", "NOT field.codename:*", f"{NEARLY}~", NEARLY)
ORDERS = ("relevance", *(f"{field}{end}" for field in ("added_time", "created_date", "title") for end in ("", " desc")))
FACETS = [value for value in pb.FacetField.values() if value]
# Scores hold a trace of the whole archive (docs/security.md), and pages by relevance go on after a score. Jobs are counted through; the
# paper that Bert sees was changed more often where it bears hidden labels.
TRACES = re.compile(r'score: \S+|next_page_token: "[^"]*"|job_id: "\d+"|etag: "\d+"')
# Asked last, since what they make is then there.
MAKING = ("AssignmentService.ApplyRules", "ShareService.CreateShareLink")
Question = tuple[str, MethodDescriptor, Message]


@dataclass
class Walk:
    """What Bert was told by each question, with Anna's papers in the archive and without; what she was; what the house told of itself."""

    beside_hidden: dict[str, tuple[str, str]] = field(default_factory=dict)
    without: dict[str, tuple[str, str]] = field(default_factory=dict)
    hers: dict[str, str] = field(default_factory=dict)
    watched: tuple[list[str], list[str]] = ([], [])
    logs: list[str] = field(default_factory=list)
    figures: str = ""


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    walk = Walk()
    with told_of_itself(walk.logs):
        asyncio.run(go(walk, tmp_path_factory.mktemp("canary")))
    return walk


async def go(walk: Walk, root: Path) -> None:
    """Ask everything in both archives."""
    async with archive(root / "without", hidden=False) as people:
        walk.without = await told(people, questions(people))
    async with archive(root / "beside", hidden=True) as people:
        anna = replace(people, token="anna's")
        walk.hers = {query: (await answers(anna, SEARCH, pb.SearchDocumentsRequest(query=query)))[0] for query in (*FINDING, *REFUSED)}
        walk.beside_hidden = await told(people, questions(people))
        walk.watched = await asyncio.wait_for(watched(people), 20)
        walk.figures = generate_latest(people.house.registry).decode()


@contextmanager
def told_of_itself(lines: list[str]) -> Iterator[None]:
    """Keep all that is logged, by us and by libraries, at every level."""

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    root, keeping = logging.getLogger(), Keeping()
    level = root.level
    root.addHandler(keeping)
    root.setLevel(logging.DEBUG)
    try:
        with capture_logs() as logs:
            yield
    finally:
        root.setLevel(level)
        root.removeHandler(keeping)
    lines += map(str, logs)


async def told(people: People, asked: Sequence[Question]) -> dict[str, tuple[str, str]]:
    """Ask as Bert, one after the other; give what was told and why it was refused."""
    return {name: await answers(people, method, request) for name, method, request in asked}


def questions(people: People) -> list[Question]:
    """Ask by every query wherever one can stand, then every call by what is hidden, and by what resembles it."""
    asked = [*searches(people), *(question for method in READING for question in by_query(method))]
    for method in sorted(READING, key=lambda one: one.full_name.endswith(MAKING)):
        if method.name not in ENDLESS:
            ids = (*asking(method, people), *asking(method, replace(people, hidden=people.shown)))
            asked += [(f"{method.full_name} {number}", method, request) for number, request in enumerate(ids)]
    return asked


def searches(people: People) -> Iterator[Question]:
    """Search in every order with all facets and page by page, complete every beginning, look for the like."""
    for query in ("*", "water works", f"{NEARLY} OR {CANARY}"):
        for order in ORDERS:
            yield f"{query} by {order}", SEARCH, pb.SearchDocumentsRequest(query=query, order_by=order, facets=FACETS, page_size=2)
    for query in (*FINDING, *REFUSED, *OTHERS):
        yield f"{query} with facets", SEARCH, pb.SearchDocumentsRequest(query=query, facets=FACETS)
    for before in ("", "title:", "text:", "tag:", "correspondent:", "type:", "path:", "note:", "filename:", "field.codename:", "letter "):
        for length in range(len(CANARY) + 1):
            begun = before + CANARY[:length]
            yield f"begun: {begun}", SUGGEST, pb.SuggestQueriesRequest(query=begun, page_size=100)
    for document in range(1, 8):
        yield f"like {document}", SIMILAR, pb.FindSimilarDocumentsRequest(id=str(document), page_size=100)


def by_query(method: MethodDescriptor) -> Iterator[Question]:
    """Put every query where a call takes one."""
    request_type = GetMessageClass(method.input_type)
    for name in {"query", "filter"}.intersection(method.input_type.fields_by_name):
        for query in (*FINDING, *REFUSED, *OTHERS) if method.name != "ApplyRules" else ():  # it orders jobs, which have numbers
            yield f"{method.full_name} {query}", method, request_type(**{name: query})


async def watched(people: People) -> tuple[list[str], list[str]]:
    """Watch jobs as Bert while Anna brings a file, and then Bert; give the documents that he brought, and those that he was told of."""
    brought, seen = [await upload(people, "first", people.metadata)], list[str]()
    stream = admin_pb2_grpc.AdminServiceStub(people.house.channel).WatchJobs(admin_pb2.WatchJobsRequest(), metadata=people.metadata)
    async for event in stream:
        if not seen:
            await upload(people, CANARY, HERS)
            brought.append(await upload(people, "second", people.metadata))
        seen.append(event.job.document_id)
        if seen[-1] == brought[-1]:
            break
    return brought, seen


async def upload(people: People, name: str, metadata: Any) -> str:
    """Upload a small file that bears a word in its name and its text; give its document."""
    start = documents_pb2.UploadDocumentRequest.Start(request_id=f"upload-{name}", filename=f"{name}.txt", size_bytes=len(name))
    parts = [documents_pb2.UploadDocumentRequest(start=start), documents_pb2.UploadDocumentRequest(chunk=name.encode())]
    answer = await documents_pb2_grpc.DocumentServiceStub(people.house.channel).UploadDocument(iter(parts), metadata=metadata)
    return str(answer.document.id)


@pytest.mark.parametrize("query", FINDING)
def test_whose_it_is_finds_what_is_hidden(walk: Walk, query: str) -> None:
    assert CANARY in walk.hers[query]


def test_no_answer_holds_the_word(walk: Walk) -> None:
    assert len(walk.beside_hidden) > 500
    assert [name for name, (told, refused) in walk.beside_hidden.items() if CANARY in told and not refused] == []


# What is like a paper rests on scores. A folder that bears the name of a hidden label is not shown. What is made has a number or a secret.
UNLIKE = ("like ", "scriba.v1.FolderService.", *(f"scriba.v1.{name}" for name in MAKING))


def test_each_answer_and_refusal_is_as_if_nothing_were_hidden(walk: Walk) -> None:
    differing = {
        name: (told, walk.without[name][0])
        for name, (told, _) in walk.beside_hidden.items()
        if not name.startswith(UNLIKE) and TRACES.sub("", told) != TRACES.sub("", walk.without[name][0])
    }
    assert differing == {}


def test_jobs_of_what_is_hidden_are_not_watched(walk: Walk) -> None:
    brought, told = walk.watched
    assert told == brought


def test_neither_logs_nor_figures_hold_the_word(walk: Walk) -> None:
    assert any("call answered" in line for line in walk.logs)
    assert [line for line in walk.logs if CANARY in line] == []
    assert "scriba_documents " in walk.figures
    assert "scriba_rpc_seconds" in walk.figures
    assert CANARY not in walk.figures
