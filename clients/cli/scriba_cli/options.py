"""Arguments and options that several commands share."""

from typing import Annotated

import typer

from scriba_cli.completion import complete_document

Json = Annotated[bool, typer.Option("--json", help="Print the server's answer as JSON.")]
DocumentId = Annotated[str, typer.Argument(metavar="ID", help="The document's id.", autocompletion=complete_document)]
DocumentIds = Annotated[list[str], typer.Argument(metavar="ID", help="The documents' ids.", autocompletion=complete_document)]
JobIds = Annotated[list[str], typer.Argument(metavar="JOB", help="The jobs' ids.")]
