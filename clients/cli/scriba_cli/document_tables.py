"""Documents as tables."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rich.text import Text

from scriba.v1.documents_pb2 import Document
from scriba_cli import wording
from scriba_cli.field_values import shown_value
from scriba_cli.reasons import FIELD, with_reason
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say

# By what a value was given to and, of a tag or a custom field, which.
Reasons = Mapping[tuple[str, str], str]
_NO_REASONS: Reasons = MappingProxyType({})
_LONGEST_NAME = 24


def print_documents(documents: Sequence[Document], total: int) -> None:
    """Print one line for each."""
    if not documents:
        say("no documents")
        return
    table = new_table()
    add_column(table, "ID", right=True)
    add_column(table, "Date")
    add_text_column(table, "Title")
    add_column(table, "Pages", right=True)
    add_column(table, "State")
    for document in documents:
        state = wording.document_state(document)
        if document.warnings and state != "failed":
            state = f"{state} !"
        pages = str(document.page_count) if document.page_count else ""
        table.add_row(document.id, date_of(document), plain(title_of(document)), pages, Text(state, style=state_style(state)))
    print_table(table)
    if total > len(documents):
        say(f"{wording.number(len(documents))} of {wording.number(total)}; --limit shows more")


def print_document(document: Document, reasons: Reasons = _NO_REASONS) -> None:
    """Print all that is known of one, and for its values by whom and why they were given (`reasons_of`)."""
    table = new_table(show_header=False)
    add_column(table, "", style="bold")
    table.add_column("", overflow="fold")
    state = wording.document_state(document)
    number = str(document.archive_serial_number or "")
    facts = [
        _given("Title", title_of(document), reasons),
        ("ID", document.id),
        ("State", state),
        _given("Date", document.created_date, reasons),
        _given("Correspondent", document.correspondent, reasons),
        _given("Type", document.document_type, reasons),
        _given("Path", document.storage_path, reasons),
        _given("ASN", number, reasons),
        *_tags(document.tags, reasons),
        *((value.field, with_reason(shown_value(value), reasons.get((FIELD, value.field), ""))) for value in document.fields),
        ("Pages", str(document.page_count or "")),
        ("Language", document.language),
        ("File", f"{document.original_filename} ({document.mime_type}, {wording.size(document.size_bytes)})"),
        ("Version", f"{document.version} of {document.version_count}" if document.version_count > 1 else ""),
        ("SHA-256", document.sha256),
        ("Archive file", "PDF" if document.has_archive else ""),
        ("Marks", ", ".join(mark for mark, is_set in (("encrypted", document.encrypted), ("signed", document.signed)) if is_set)),
        ("Came again", wording.plural(document.duplicate_count, "time") if document.duplicate_count else ""),
        ("Added", wording.moment(document.added_time)),
        ("Changed", wording.moment(document.update_time)),
        ("In the trash", f"since {wording.moment(document.delete_time)}" if document.HasField("delete_time") else ""),
    ]
    for name, value in facts:
        if value:
            table.add_row(
                name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…",
                Text(plain(value), style=state_style(state) if (name, value) == ("State", state) else ""),
            )
    for warning in document.warnings:
        place = f"page {warning.page}: " if warning.page else ""
        table.add_row("Warning", Text(plain(f"{place}{warning.message or warning.code}"), style="yellow"))
    print_table(table)


def _given(name: str, value: str, reasons: Reasons) -> tuple[str, str]:
    return name, with_reason(value, reasons.get((name, ""), "")) if value else ""


def _tags(tags: Sequence[str], reasons: Reasons) -> list[tuple[str, str]]:
    """Write tags side by side, or below each other where they have reasons."""
    written = [with_reason(tag, reasons.get(("Tag", tag), "")) for tag in tags]
    lines = written if written != list(tags) else [", ".join(tags)]
    return [("" if number else "Tags", line) for number, line in enumerate(lines)]


def title_of(document: Document) -> str:
    """Give the title, or the file's name for a document without one."""
    return document.title or document.original_filename


def date_of(document: Document) -> str:
    """Give the date on the paper, or the day it came in."""
    return document.created_date or wording.day(document.added_time)


def state_style(state: str) -> str:
    """Give the colour of a state; one with a mark is a warning."""
    return "yellow" if state.endswith("!") else wording.STATE_STYLES.get(state, "")
