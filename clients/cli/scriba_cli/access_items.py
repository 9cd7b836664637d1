"""Labels, saved views and workflows, named to say who may see and change them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

import scriba
from scriba.v1.catalog_pb2 import ListViewsRequest
from scriba.v1.permissions_pb2 import Item, ItemPermissions
from scriba.v1.workflows_pb2 import ListWorkflowsRequest
from scriba_cli.completion import complete_correspondent, complete_path, complete_tag, complete_type, complete_view
from scriba_cli.labels import Kind, label
from scriba_cli.names import named
from scriba_cli.single_labels import CORRESPONDENT, DOCUMENT_TYPE, STORAGE_PATH
from scriba_cli.tags import TAG
from scriba_cli.terminal import plain, say

Names = list[str] | None
Tags = Annotated[Names, typer.Option("--tag", metavar="NAME", help="This tag; as the next, may be repeated.", autocompletion=complete_tag)]
Correspondents = Annotated[
    Names, typer.Option("--correspondent", metavar="NAME", help="This correspondent.", autocompletion=complete_correspondent)
]
Types = Annotated[Names, typer.Option("--type", metavar="NAME", help="This document type.", autocompletion=complete_type)]
Paths = Annotated[Names, typer.Option("--path", metavar="NAME", help="This storage path.", autocompletion=complete_path)]
Views = Annotated[Names, typer.Option("--saved-view", metavar="NAME", help="This saved view.", autocompletion=complete_view)]
Workflows = Annotated[Names, typer.Option("--workflow", metavar="NAME", help="This workflow.")]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is named on the command line beside documents."""

    tags: Names
    correspondents: Names
    types: Names
    paths: Names
    views: Names
    workflows: Names

    def __bool__(self) -> bool:
        """Tell whether anything is named."""
        return any((self.tags, self.correspondents, self.types, self.paths, self.views, self.workflows))

    def items(self, client: scriba.Client) -> Iterator[Item]:
        """Find all that is named; raises NotFound."""
        kinds: tuple[tuple[Kind, Names], ...] = (
            (TAG, self.tags),
            (CORRESPONDENT, self.correspondents),
            (DOCUMENT_TYPE, self.types),
            (STORAGE_PATH, self.paths),
        )
        for kind, names in kinds:
            for name in names or ():
                yield Item(label_id=label(kind, client, name).id)
        if self.views:
            views = client.catalog.ListViews(ListViewsRequest()).views
            yield from (Item(view_id=named(name, views, "saved view", "scriba views list").id) for name in self.views)
        if self.workflows:
            workflows = client.workflows.ListWorkflows(ListWorkflowsRequest()).workflows
            yield from (Item(workflow_id=named(name, workflows, "workflow", "scriba workflows list").id) for name in self.workflows)


def require_one_sort(document_ids: Names, chosen: Chosen) -> None:
    """Refuse documents together with other things, and nothing at all."""
    if bool(document_ids) == bool(chosen):
        raise typer.BadParameter("name documents by their ids, or labels, saved views and workflows by --tag, --saved-view and so on")


def print_item(told: ItemPermissions, grants: Iterable[str]) -> None:
    """Print who may see and change an item."""
    noun, words = str(told.item.WhichOneof("what")).removesuffix("_id"), ", ".join(grants)
    whose = f"owned by {told.owner_name}" if told.owner_id else "nobody's" if words else "nobody's, and everyone's to see"
    say(f"{noun} '{plain(told.name)}': {plain(whose)}{plain(f', shown to {words}') if words else ''}")
