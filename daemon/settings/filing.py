"""Settings of the folders in which documents stand."""

from typing import Annotated

from pydantic import AfterValidator, Field

from actors.filing.rules import FilingRules
from actors.templates.errors import TemplateError
from actors.templates.rendering import check_template
from daemon.settings.place import PlaceSection


def _check_template(template: str) -> str:
    if template:
        try:
            check_template(template)
        except TemplateError as error:
            raise ValueError(f"can't be used: {error}") from None
    return template


class FilingSection(PlaceSection):
    """In which folders documents stand, and how their files are named when that is asked for."""

    filename_format: Annotated[str, AfterValidator(_check_template)] = Field(
        "",
        description="The template of documents whose storage path has none, `{{ created_year }}/{{ title }}`; else they have numbers.",
    )
    filename_format_remove_none: bool = Field(False, description="What a document lacks leaves nothing in its path, instead of `none`.")

    def filing(self) -> FilingRules:
        """Give the rules by which documents are placed."""
        return FilingRules(self.filename_format, self.filename_format_remove_none, self.time_zone)
