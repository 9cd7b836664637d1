"""Nodes: the machines that read pages, and how others join them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated

import typer
from google.protobuf.message import Message

import scriba
from scriba.v1.admin_pb2 import ListNodesRequest, Node, NodeState, SandboxLevel
from scriba.v1.cluster_pb2 import CreateJoinCodeRequest, DrainNodeRequest, RemoveNodeRequest, ResumeNodeRequest
from scriba_cli import wording
from scriba_cli.options import Json, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say

app = typer.Typer(help="The machines that read pages: list, add, drain, resume, remove.")

Machines = Annotated[list[str], typer.Argument(metavar="MACHINE", help="Names of machines, or their ids.")]


def sandbox_word(level: SandboxLevel.ValueType) -> str:
    """Name a level as settings and logs do."""
    return SandboxLevel.Name(level).removeprefix("SANDBOX_LEVEL_").lower() if level else "?"


def state_word(node: Node, today: str) -> str:
    """Say what a machine does, and since when it is away: at what time, where that is today (YYYY-MM-DD), else on what day."""
    if node.state == NodeState.NODE_STATE_AWAY:
        day, _, time = wording.moment(node.last_seen_time).partition(" ")
        return f"away since {time if day == today else day}"
    return NodeState.Name(node.state).removeprefix("NODE_STATE_").lower() if node.state else "alive" if node.alive else "gone"


@app.callback(invoke_without_command=True)
def list_nodes(context: typer.Context, as_json: Json = False) -> None:
    """Show the machines that read pages, and those that have joined and are away."""
    if context.invoked_subcommand:
        return
    with open_client() as client:
        answer = client.admin.ListNodes(ListNodesRequest())
    if as_json:
        print_json(answer)
        return
    table = new_table()
    add_column(table, "Id")
    add_text_column(table, "Machine")
    add_column(table, "State")
    add_column(table, "Sandbox")
    add_column(table, "Cores", right=True)
    add_column(table, "Memory", right=True)
    add_column(table, "Pages", right=True)
    add_column(table, "A minute", right=True)
    today = f"{date.today():%Y-%m-%d}"
    for node in answer.nodes:
        table.add_row(node.id, plain(node.hostname), state_word(node, today), *_work_of(node))
    print_table(table)


@app.command("add")
def add(
    valid: Annotated[int, typer.Option("--minutes", min=1, max=1_440, help="How long the code is good.")] = 15,
    as_json: Json = False,
) -> None:
    """Make a code by which one machine joins, once."""
    with open_client() as client:
        answer = client.cluster.CreateJoinCode(CreateJoinCodeRequest(valid_seconds=60 * valid))
    if as_json:
        print_json(answer)
        return
    say(f"On the other machine, until {wording.moment(answer.expire_time)}, once:")
    print(answer.command)


@app.command("drain")
def drain(machines: Machines, as_json: Json = False) -> None:
    """Send machines no more pages; they finish those in hand, and stay."""
    _do(machines, lambda client, node: client.cluster.DrainNode(DrainNodeRequest(node_id=node.id)), "is sent no more pages", as_json)


@app.command("resume")
def resume(machines: Machines, as_json: Json = False) -> None:
    """Send machines pages again."""
    _do(machines, lambda client, node: client.cluster.ResumeNode(ResumeNodeRequest(node_id=node.id)), "is sent pages again", as_json)


@app.command("remove")
def remove(machines: Machines, yes: Yes = False, as_json: Json = False) -> None:
    """Forget machines: they leave, and join again only with a new code."""
    if not yes:
        typer.confirm(f"Forget {', '.join(map(plain, machines))}?", abort=True, err=True)
    _do(machines, lambda client, node: client.cluster.RemoveNode(RemoveNodeRequest(node_id=node.id)), "is forgotten", as_json)


def _work_of(node: Node) -> Sequence[str]:
    if node.state == NodeState.NODE_STATE_AWAY:
        return ("",) * 5
    numbers = (str(node.cores), wording.size(node.memory_bytes), str(node.pages_reading), wording.number(node.pages_read_in_minute))
    return (sandbox_word(node.sandbox), *numbers)


def _do(names: Sequence[str], act: Callable[[scriba.Client, Node], Message], done: str, as_json: bool) -> None:
    with open_client() as client:
        nodes = client.admin.ListNodes(ListNodesRequest()).nodes

        def one(name: str) -> None:
            node = _found(name, nodes)
            answer = act(client, node)
            if as_json:
                print_json(answer)
            else:
                say(f"{plain(node.hostname)} {done}")

        for_each(names, client, one)


def _found(name: str, nodes: Sequence[Node]) -> Node:
    """Find a machine by its id, or by a name that no other has."""
    found = [node for node in nodes if node.id == name] or [node for node in nodes if node.hostname == name]
    if len(found) > 1:
        raise scriba.FailedPrecondition(f"{len(found)} machines are called {name}: give an id, as `scriba nodes` shows it")
    if not found:
        raise scriba.NotFound(f"there is no machine {name}: see `scriba nodes`")
    return found[0]
