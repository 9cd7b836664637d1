"""Notes on documents."""

import sys
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from scriba.v1.notes_pb2 import CreateNoteRequest, DeleteNoteRequest, ListNotesRequest, Note, UpdateNoteRequest
from scriba_cli import wording
from scriba_cli.options import DocumentId, Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import out, plain, plain_lines, say

app = typer.Typer(help="Notes on a document: list, add, edit, delete.", no_args_is_help=True)

NoteId = Annotated[str, typer.Argument(metavar="NOTE", help="The note's number, as `scriba notes list ID` shows it.")]
NoteIds = Annotated[list[str], typer.Argument(metavar="NOTE", help="The notes' numbers, as `scriba notes list ID` shows them.")]
Words = Annotated[list[str] | None, typer.Argument(metavar="TEXT", help="What to write (default: from stdin).")]


@app.command("list")
def list_notes(document_id: DocumentId, as_json: Json = False) -> None:
    """List the notes on a document, the oldest first."""
    with open_client() as client:
        answer = client.notes.ListNotes(ListNotesRequest(document_id=document_id))
    if as_json:
        print_json(answer)
    elif answer.notes:
        for note in answer.notes:
            _print_note(note)
    else:
        say("no notes")


@app.command("add")
def add(document_id: DocumentId, text: Words = None, as_json: Json = False) -> None:
    """Write a note on a document."""
    with open_client() as client:
        answer = client.notes.CreateNote(CreateNoteRequest(document_id=document_id, text=_words(text)))
    if as_json:
        print_json(answer)
    else:
        _print_note(answer.note)


@app.command("edit")
def edit(document_id: DocumentId, note: NoteId, text: Words = None, as_json: Json = False) -> None:
    """Write another text into a note."""
    with open_client() as client:
        answer = client.notes.UpdateNote(UpdateNoteRequest(document_id=document_id, id=note, text=_words(text)))
    if as_json:
        print_json(answer)
    else:
        _print_note(answer.note)


@app.command("delete")
def delete(document_id: DocumentId, notes: NoteIds, as_json: Json = False) -> None:
    """Delete notes from a document."""
    with open_client() as client:

        def delete_one(note: str) -> None:
            answer = client.notes.DeleteNote(DeleteNoteRequest(document_id=document_id, id=note))
            if as_json:
                print_json(answer)
            else:
                say(f"deleted: note {plain(note)}")

        for_each(notes, client, delete_one)


def _words(text: list[str] | None) -> str:
    return " ".join(text) if text else sys.stdin.read()


def _print_note(note: Note) -> None:
    changed = f", changed {wording.moment(note.update_time)}" if note.update_time != note.create_time else ""
    out.print(Text(plain(f"{note.id}  {note.author}, {wording.moment(note.create_time)}{changed}"), style="bold"))
    out.print(Padding(Text(plain_lines(note.text)), (0, 0, 0, 2)))
