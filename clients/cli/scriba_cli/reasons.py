"""Reasons: who gave a document which value, and why; and taking it back."""

from collections.abc import Mapping
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

import scriba
from scriba.v1.assignments_pb2 import Aspect, Assignment, Giver, ListAssignmentsRequest, UndoAssignmentRequest
from scriba_cli import wording
from scriba_cli.options import DocumentId, Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import out, plain, say

ASPECTS: Mapping[int, str] = {
    Aspect.ASPECT_TITLE: "Title",
    Aspect.ASPECT_CREATED_DATE: "Date",
    Aspect.ASPECT_ARCHIVE_SERIAL_NUMBER: "ASN",
    Aspect.ASPECT_CORRESPONDENT: "Correspondent",
    Aspect.ASPECT_DOCUMENT_TYPE: "Type",
    Aspect.ASPECT_STORAGE_PATH: "Path",
    Aspect.ASPECT_TAG: "Tag",
}
FIELD = "Field"
GIVERS: Mapping[int, str] = {
    Giver.GIVER_USER: "by hand",
    Giver.GIVER_DELIVERY: "came with the file",
    Giver.GIVER_INBOX: "inbox",
    Giver.GIVER_BARCODE: "barcode",
    Giver.GIVER_INVOICE: "electronic invoice",
    Giver.GIVER_WORKFLOW: "workflow",
    Giver.GIVER_MAIL_RULE: "mail rule",
    Giver.GIVER_RULE: "rule",
    Giver.GIVER_EXTRACTION: "found by the field's pattern",
    Giver.GIVER_TEXT: "text",
    Giver.GIVER_CLASSIFIER: "learned",
}

AssignmentIds = Annotated[
    list[str], typer.Argument(metavar="ASSIGNMENT", help="Their numbers, as `scriba why` shows them; the last one is undone first.")
]


def why(document_id: DocumentId, as_json: Json = False) -> None:
    """Tell who gave a document each of its values, and why."""
    with open_client() as client:
        answer = client.assignments.ListAssignments(ListAssignmentsRequest(document_id=document_id))
    if as_json:
        print_json(answer)
        return
    if not answer.assignments:
        say("nothing was given to it")
    width = max((len(each.id) for each in answer.assignments), default=0)
    for given in answer.assignments:
        _print(given, width)


def undo(document_id: DocumentId, assignments: AssignmentIds, as_json: Json = False) -> None:
    """Let the value before hold again; rules and learning leave it alone from then on."""
    with open_client() as client:

        def undo_one(assignment: str) -> None:
            answer = client.assignments.UndoAssignment(UndoAssignmentRequest(document_id=document_id, id=assignment))
            if as_json:
                print_json(answer)
            else:
                say(f"undone: {plain(assignment)}")

        for_each(sorted(assignments, key=_number, reverse=True), client, undo_one)


def reasons_of(client: scriba.Client, document_id: str) -> dict[tuple[str, str], str]:
    """Say for each value that holds who gave it, by what it was given to and, for a tag or a custom field, which."""
    answer = client.assignments.ListAssignments(ListAssignmentsRequest(document_id=document_id))
    return {_place(given): reason_words(given) for given in answer.assignments if given.value}


def aspect_of(given: Assignment) -> str:
    """Name what a value was given to."""
    return given.field or ASPECTS.get(given.aspect, FIELD)


def reason_words(given: Assignment) -> str:
    """Say who gave a value, and why."""
    score = f", {given.score:.0%} sure" if given.HasField("score") else ""
    return ": ".join(filter(None, (f"{GIVERS.get(given.giver, 'somebody')}{score}", given.reason)))


def with_reason(value: str, words: str) -> str:
    """Write a value with its reason; what people gave needs none."""
    return f"{value} ({words})" if words and not words.startswith(GIVERS[Giver.GIVER_USER]) else value


def _place(given: Assignment) -> tuple[str, str]:
    subject = given.value if given.aspect == Aspect.ASPECT_TAG else given.field
    return ASPECTS.get(given.aspect, FIELD), subject


def _print(given: Assignment, width: int) -> None:
    value = given.value or (f"no {given.before}" if given.aspect == Aspect.ASPECT_TAG else "none")
    line = Text(f"{given.id:>{width}}  ", style="dim") + Text(plain(f"{aspect_of(given)}: {value}"), style="bold")
    out.print(line, no_wrap=True, overflow="ellipsis")
    before = f"; before: {given.before}" if given.before and given.value else ""
    undone = "; undone since" if given.undone else ""
    words = plain(f"{wording.moment(given.time)}  {reason_words(given)}{before}{undone}")
    out.print(Padding(Text(words), (0, 0, 0, width + 2)))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
