"""What a check says to a person, while it works and at its end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from google.protobuf.json_format import MessageToJson
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from daemon.commands.check import Answer
from scriba.v1 import admin_pb2 as pb

MOST_SHOWN = 20
DONE = {
    pb.FINDING_OUTCOME_MENDED: "mended",
    pb.FINDING_OUTCOME_QUEUED: "queued",
    pb.FINDING_OUTCOME_QUARANTINED: "in quarantine",
    pb.FINDING_OUTCOME_NEEDS_PERSON: "needs you",
}


def gathered(answers: Iterable[Answer]) -> pb.CheckArchiveResponse:
    """Show how far a check is, and give all that it has told."""
    whole = pb.CheckArchiveResponse()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[found]} found"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task("begins", total=None, found=0)
        for answer in answers:
            whole.findings.extend(answer.findings)
            if answer.HasField("summary"):
                whole.summary.CopyFrom(answer.summary)
            if answer.HasField("progress"):
                name = pb.CheckSubject.Name(answer.progress.subject).removeprefix("CHECK_SUBJECT_").lower()
                shown.update(task, description=name, completed=answer.progress.done, total=answer.progress.total or None)
            shown.update(task, found=len(whole.findings))
    return whole


def as_json(whole: pb.CheckArchiveResponse) -> str:
    """Write everything for a script."""
    return MessageToJson(whole, always_print_fields_with_no_presence=True)


def in_words(whole: pb.CheckArchiveResponse, repaired: bool) -> str:
    """Write everything for a person, one paragraph for each kind of finding."""
    kinds: defaultdict[str, list[pb.Finding]] = defaultdict(list)
    for finding in whole.findings:
        kinds[finding.title].append(finding)
    paragraphs = ["\n".join(_paragraph(title, findings, repaired)) for title, findings in kinds.items()]
    return "\n\n".join([*paragraphs, _end(whole.summary, repaired)])


def _paragraph(title: str, findings: Sequence[pb.Finding], repaired: bool) -> Iterable[str]:
    yield f"{title}: {len(findings)}"
    for finding in findings[:MOST_SHOWN]:
        yield from _lines(finding)
    if len(findings) > MOST_SHOWN:
        yield f"  and {len(findings) - MOST_SHOWN} more; --json shows all"
    person = any(finding.outcome == pb.FINDING_OUTCOME_NEEDS_PERSON for finding in findings)
    if not repaired or person:
        yield f"  {'You' if person else 'Repair'}: {findings[0].remedy}."


def _lines(finding: pb.Finding) -> Iterable[str]:
    done = DONE.get(finding.outcome, "")
    said = [f"document {finding.document_id}" if finding.document_id else "", finding.detail, done]
    yield f"  - {', '.join(part for part in said if part) or finding.path}"
    # A path stands alone, so that it can be copied.
    for path in (finding.path, finding.quarantine_path):
        if path and any(said):
            yield f"    {path}"


def _end(summary: pb.CheckSummary, repaired: bool) -> str:
    if not summary.findings:
        return "All is well."
    if not repaired:
        return f"{summary.findings} findings. `scribad repair` does what is safe, and deletes nothing."
    mended = summary.mended + summary.queued
    return f"{mended} mended or queued, {summary.quarantined} put into quarantine, {summary.needs_person} need you."
