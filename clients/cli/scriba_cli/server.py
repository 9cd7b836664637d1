"""The server: figures of the archive, and what it is."""

from collections.abc import Mapping

from scriba.v1.admin_pb2 import GetServerInfoRequest, GetStatisticsRequest
from scriba_cli import wording
from scriba_cli.options import Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, new_table, plain, print_table


def stats(as_json: Json = False) -> None:
    """Show figures of the archive."""
    with open_client() as client:
        answer = client.admin.GetStatistics(GetStatisticsRequest())
    if as_json:
        print_json(answer)
        return
    _print_facts(
        {
            "Documents": wording.number(answer.documents),
            "  in the trash": wording.number(answer.documents_deleted),
            "  not readable": wording.number(answer.documents_failed),
            "Pages": wording.number(answer.pages),
            "Originals": wording.size(answer.original_bytes),
            "Archive files": wording.size(answer.archive_bytes),
            "Index": wording.size(answer.index_bytes),
            "Jobs queued": wording.number(answer.jobs_queued),
            "Jobs running": wording.number(answer.jobs_running),
            "Jobs failed": wording.number(answer.jobs_failed),
            **_counts("Type", answer.documents_by_mime_type),
            **_counts("Language", answer.documents_by_language),
        }
    )


def info(as_json: Json = False) -> None:
    """Show the server's version and what it can do."""
    with open_client() as client:
        answer = client.admin.GetServerInfo(GetServerInfoRequest())
        server = client.server
    if as_json:
        print_json(answer)
        return
    _print_facts(
        {
            "Server": server,
            "Version": answer.version,
            "API": answer.api_version,
            "OCR": answer.ocr_engine,
            "Languages": ", ".join(answer.ocr_languages),
            "Largest upload": wording.size(answer.max_upload_bytes),
            "Accepting": "yes" if answer.accepting else f"no: {answer.problem}",
        }
    )


def _print_facts(facts: Mapping[str, str]) -> None:
    table = new_table(show_header=False)
    add_column(table, "", style="bold")
    table.add_column("", overflow="fold")
    for name, value in facts.items():
        table.add_row(plain(name), plain(value))
    print_table(table)


def _counts(name: str, counts: Mapping[str, int]) -> dict[str, str]:
    by_count = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {f"{name} {value or 'unknown'}": wording.number(count) for value, count in by_count}
