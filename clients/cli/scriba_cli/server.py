"""The server: figures of the archive, and what it is."""

from collections.abc import Mapping, Sequence

from scriba.v1.admin_pb2 import (
    GetAttentionRequest,
    GetAttentionResponse,
    GetServerInfoRequest,
    GetStatisticsRequest,
    GetStatisticsResponse,
    ListNodesRequest,
    Node,
    NodeState,
)
from scriba_cli import wording
from scriba_cli.options import Json
from scriba_cli.proto_json import fields_of, print_json, print_json_fields
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, new_table, plain, print_table

_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def stats(as_json: Json = False) -> None:
    """Show figures of the archive: what it holds, what waits, and the room that it takes."""
    with open_client() as client:
        answer = client.admin.GetStatistics(GetStatisticsRequest(characters=True))
        waiting = client.admin.GetAttention(GetAttentionRequest())
        nodes = client.admin.ListNodes(ListNodesRequest()).nodes
    if as_json:
        rooms = {"attention": fields_of(waiting), "machines": [fields_of(node) for node in nodes]}
        print_json_fields(fields_of(answer) | rooms)
        return
    _print_facts(
        {
            "Documents": wording.number(answer.documents),
            "  in the inbox": wording.number(waiting.documents_in_inbox),
            "  not readable": wording.number(answer.documents_failed),
            "  in the trash": wording.number(answer.documents_deleted),
            "Pages": wording.number(answer.pages),
            "Characters": wording.number(answer.characters),
            "Tags": wording.number(answer.tags),
            "Correspondents": wording.number(answer.correspondents),
            "Document types": wording.number(answer.document_types),
            "Storage paths": wording.number(answer.storage_paths),
            "Jobs queued": wording.number(answer.jobs_queued),
            "Jobs running": wording.number(answer.jobs_running),
            "Jobs failed": wording.number(answer.jobs_failed),
            "Pages waiting": wording.number(waiting.pages_waiting),
            "  read in an hour": wording.number(sum(node.pages_read_in_hour for node in nodes)),
            "Machines": _machines(nodes),
            "Originals": wording.size(answer.original_bytes),
            "Archive files": wording.size(answer.archive_bytes),
            **_rooms(answer, waiting),
            **_counts("Type", answer.documents_by_mime_type),
            **_counts("Language", answer.documents_by_language),
        }
    )


def _machines(nodes: Sequence[Node]) -> str:
    away = sum(node.state == NodeState.NODE_STATE_AWAY for node in nodes)
    return wording.number(len(nodes)) + (f", {wording.number(away)} away" if away else "")


def _rooms(answer: GetStatisticsResponse, waiting: GetAttentionResponse) -> dict[str, str]:
    """Tell of the rooms that those alone are told of who see all documents."""
    rooms = {}
    if answer.database:
        rooms["Index"] = wording.size(answer.index_bytes)
        rooms["Database"] = f"{_DATABASES.get(answer.database, answer.database)}, {wording.size(answer.database_bytes)}"
    if waiting.HasField("disk_bytes"):
        rooms["Free on the disk"] = f"{wording.size(waiting.free_bytes)} of {wording.size(waiting.disk_bytes)}"
    return rooms


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
