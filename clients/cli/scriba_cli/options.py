"""Arguments and options that several commands share."""

from typing import Annotated

import typer

from scriba_cli.completion import complete_correspondent, complete_document, complete_field, complete_path, complete_tag, complete_type

Json = Annotated[bool, typer.Option("--json", help="Print the server's answer as JSON.")]
NoWait = Annotated[bool, typer.Option("--no-wait", help="Don't wait for the job.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]
DocumentId = Annotated[str, typer.Argument(metavar="ID", help="The document's id.", autocompletion=complete_document)]
DocumentIds = Annotated[list[str], typer.Argument(metavar="ID", help="The documents' ids.", autocompletion=complete_document)]
JobIds = Annotated[list[str], typer.Argument(metavar="JOB", help="The jobs' ids.")]

# What documents are filed under, to give when they come in and to change later.
Correspondent = Annotated[
    str | None,
    typer.Option(
        "--correspondent", metavar="NAME", help="Who it is from or to; a new name makes one.", autocompletion=complete_correspondent
    ),
]
DocumentType = Annotated[
    str | None, typer.Option("--type", metavar="NAME", help="What kind of document it is.", autocompletion=complete_type)
]
StoragePath = Annotated[str | None, typer.Option("--path", metavar="NAME", help="The storage path.", autocompletion=complete_path)]
Asn = Annotated[str | None, typer.Option("--asn", metavar="NUMBER", help='Its archive serial number, or "next" for the next free one.')]
FieldValues = Annotated[
    list[str] | None,
    typer.Option("--field", "-f", metavar="NAME=VALUE", help="A custom field's value; may be repeated.", autocompletion=complete_field),
]

# What is changed of one document, or of many at once.
Tags = Annotated[list[str] | None, typer.Option("--tag", "-t", help="Exactly these tags; may be repeated.", autocompletion=complete_tag)]
AddTags = Annotated[list[str] | None, typer.Option("--add-tag", help="A tag more; may be repeated.", autocompletion=complete_tag)]
RemoveTags = Annotated[list[str] | None, typer.Option("--remove-tag", help="A tag less; may be repeated.", autocompletion=complete_tag)]
NewDate = Annotated[str | None, typer.Option("--created", help='The date on the paper, 2024-02-29; "" for unknown.')]
ClearFields = Annotated[
    list[str] | None,
    typer.Option("--clear", metavar="NAME", help="Empties a custom field; may be repeated.", autocompletion=complete_field),
]
