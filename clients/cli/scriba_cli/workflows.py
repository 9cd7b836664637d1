"""Workflows: list, show, make, change, order, try."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.v1.workflows_pb2 import (
    CreateWorkflowRequest,
    DeleteWorkflowRequest,
    DryRunWorkflowsRequest,
    GetWorkflowRequest,
    ListWorkflowsRequest,
    ReorderWorkflowsRequest,
    TriggerKind,
    UpdateWorkflowRequest,
    Workflow,
)
from scriba_cli.completion import complete_document
from scriba_cli.names import same_name
from scriba_cli.options import Json, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import plain, say
from scriba_cli.workflow_files import read_workflow
from scriba_cli.workflow_words import print_traces, print_workflow, print_workflows

app = typer.Typer(help="Workflows: list, show, make, change, order, try.", no_args_is_help=True)

One = Annotated[str, typer.Argument(metavar="ID", help="The workflow's id or name.")]
Several = Annotated[list[str], typer.Argument(metavar="ID", help="The workflows' ids or names.")]
File = Annotated[Path, typer.Option("--from", metavar="FILE", help="TOML or JSON, see docs/workflows.md.", exists=True, dir_okay=False)]
_WHOLE = ("name", "enabled", "triggers", "actions")


@app.command("list")
def list_workflows(as_json: Json = False) -> None:
    """List all workflows in the order in which they run."""
    with open_client() as client:
        answer = client.workflows.ListWorkflows(ListWorkflowsRequest())
    if as_json:
        print_json(answer)
    elif answer.workflows:
        print_workflows(answer.workflows)
    else:
        say("no workflows")


@app.command("show")
def show(workflow: One, as_json: Json = False) -> None:
    """Show when a workflow runs, and what it does."""
    with open_client() as client:
        answer = client.workflows.GetWorkflow(GetWorkflowRequest(id=_id(client, workflow)))
    if as_json:
        print_json(answer)
    else:
        print_workflow(answer.workflow)


@app.command("create")
def create(file: File, as_json: Json = False) -> None:
    """Make a workflow from a file; it runs after all others."""
    told = read_workflow(file)
    with open_client() as client:
        answer = client.workflows.CreateWorkflow(CreateWorkflowRequest(workflow=told))
    if as_json:
        print_json(answer)
    else:
        say(f"new workflow: {answer.workflow.id} {plain(answer.workflow.name)}")


@app.command("edit")
def edit(workflow: One, file: File, as_json: Json = False) -> None:
    """Put what a file says in the place of a workflow."""
    told = read_workflow(file)
    with open_client() as client:
        told.id = _id(client, workflow)
        answer = client.workflows.UpdateWorkflow(UpdateWorkflowRequest(workflow=told, update_mask=FieldMask(paths=_WHOLE)))
    if as_json:
        print_json(answer)
    else:
        say(f"changed workflow: {plain(answer.workflow.name)}")


@app.command("enable")
def enable(workflows: Several, as_json: Json = False) -> None:
    """Switch workflows on."""
    _switch(workflows, as_json, on=True)


@app.command("disable")
def disable(workflows: Several, as_json: Json = False) -> None:
    """Switch workflows off; they stay as they are."""
    _switch(workflows, as_json, on=False)


@app.command("order")
def order(workflows: Several, as_json: Json = False) -> None:
    """Put all workflows into the order in which they are named here."""
    with open_client() as client:
        ids = [_id(client, one) for one in workflows]
        answer = client.workflows.ReorderWorkflows(ReorderWorkflowsRequest(ids=ids))
    if as_json:
        print_json(answer)
    else:
        print_workflows(answer.workflows)


@app.command("delete")
def delete(workflows: Several, yes: Yes = False, as_json: Json = False) -> None:
    """Delete workflows; what they did stays."""
    with open_client() as client:

        def delete_one(name: str) -> None:
            workflow_id = _id(client, name)
            if not yes and sys.stdin.isatty():
                typer.confirm(f"Delete the workflow {plain(name)}?", abort=True, err=True)
            answer = client.workflows.DeleteWorkflow(DeleteWorkflowRequest(id=workflow_id))
            if as_json:
                print_json(answer)
            else:
                say(f"deleted: {plain(name)}")

        for_each(workflows, client, delete_one)


@app.command("dry-run")
def dry_run(
    workflow: Annotated[str, typer.Argument(metavar="ID", help="The workflow's id or name; `all` for those that are on.")],
    document_id: Annotated[str, typer.Argument(metavar="DOC", help="The document's id.", autocompletion=complete_document)],
    trigger: Annotated[str, typer.Option("--trigger", metavar="KIND", help="Only triggers like document-added; else all.")] = "",
    as_json: Json = False,
) -> None:
    """Tell what a workflow would do to a document, and why; nothing is done."""
    request = DryRunWorkflowsRequest(document_id=document_id, trigger=_kind(trigger))
    with open_client() as client:
        if workflow != "all":
            request.workflow_id = _id(client, workflow)
        answer = client.workflows.DryRunWorkflows(request)
    if as_json:
        print_json(answer)
    else:
        print_traces(answer)


def _switch(workflows: list[str], as_json: bool, *, on: bool) -> None:
    with open_client() as client:

        def switch_one(name: str) -> None:
            changed = Workflow(id=_id(client, name), enabled=on)
            answer = client.workflows.UpdateWorkflow(UpdateWorkflowRequest(workflow=changed, update_mask=FieldMask(paths=["enabled"])))
            if as_json:
                print_json(answer)
            else:
                say(f"{'on' if on else 'off'}: {plain(answer.workflow.name)}")

        for_each(workflows, client, switch_one)


def _id(client: scriba.Client, name: str) -> str:
    """Find a workflow by its name; what is a number is an id."""
    if name.isascii() and name.isdigit():
        return name
    for workflow in client.workflows.ListWorkflows(ListWorkflowsRequest()).workflows:
        if same_name(workflow.name, name):
            return workflow.id
    raise scriba.NotFound(f"there is no workflow '{name}'; `scriba workflows list` shows them")


def _kind(word: str) -> TriggerKind.ValueType:
    if not word:
        return TriggerKind.TRIGGER_KIND_UNSPECIFIED
    name = f"TRIGGER_KIND_{word.upper().replace('-', '_')}"
    if name not in TriggerKind.keys():  # noqa: SIM118  # no dictionary: a wrapper without __contains__
        known = ", ".join(key.removeprefix("TRIGGER_KIND_").lower().replace("_", "-") for key in TriggerKind.keys()[1:])
        raise typer.BadParameter(f"--trigger {word}: must be one of {known}")
    return TriggerKind.Value(name)
