"""Tasks: what the server does by the clock."""

from rich.text import Text

from scriba.v1.admin_pb2 import ListTasksRequest, Task
from scriba_cli import wording
from scriba_cli.options import Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, out, plain, print_table, say


def list_tasks(as_json: Json = False) -> None:
    """Show what the server does by the clock: when next, when last, and what came of it."""
    with open_client() as client:
        answer = client.admin.ListTasks(ListTasksRequest())
    if as_json:
        print_json(answer)
        return
    if not answer.tasks:
        say("no tasks")
        return
    table = new_table()
    add_column(table, "Task")
    add_column(table, "Schedule")
    add_column(table, "Next")
    add_column(table, "Last")
    add_text_column(table, "Outcome")
    for task in answer.tasks:
        last = wording.moment(task.end_time) if task.HasField("end_time") else ""
        table.add_row(plain(task.name), plain(task.schedule), next_of(task), last, outcome_of(task))
    print_table(table)
    for task in answer.tasks:
        if task.error:
            out.print(Text(plain(f"{task.name}: {task.error}"), style="red"))


def next_of(task: Task) -> str:
    """Say when a task is done next."""
    if task.running:
        return "now"
    return wording.moment(task.next_time) if task.HasField("next_time") else "never"


def outcome_of(task: Task) -> Text:
    """Say what came of a task."""
    return Text("failed", style="red") if task.error else Text(plain(task.outcome))
