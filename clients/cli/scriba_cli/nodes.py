"""Nodes: the machines that work."""

import typer

from scriba.v1.admin_pb2 import ListNodesRequest, SandboxLevel
from scriba_cli import wording
from scriba_cli.options import Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table

app = typer.Typer()


def sandbox_word(level: SandboxLevel.ValueType) -> str:
    """Name a level as settings and logs do."""
    return SandboxLevel.Name(level).removeprefix("SANDBOX_LEVEL_").lower() if level else "?"


@app.callback(invoke_without_command=True)
def list_nodes(context: typer.Context, as_json: Json = False) -> None:
    """Show the machines that work."""
    if context.invoked_subcommand:
        return
    with open_client() as client:
        answer = client.admin.ListNodes(ListNodesRequest())
    if as_json:
        print_json(answer)
        return
    table = new_table()
    add_text_column(table, "Machine")
    add_column(table, "Part")
    add_column(table, "State")
    add_column(table, "Sandbox")
    add_column(table, "Cores", right=True)
    add_column(table, "Memory", right=True)
    add_column(table, "Reading", right=True)
    add_column(table, "Pages read", right=True)
    for node in answer.nodes:
        table.add_row(
            plain(node.hostname),
            "head" if node.head else "worker",
            "alive" if node.alive else "gone",
            sandbox_word(node.sandbox),
            str(node.cores),
            wording.size(node.memory_bytes),
            str(node.pages_reading),
            wording.number(node.pages_read),
        )
    print_table(table)
