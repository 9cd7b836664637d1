"""By which rules documents are placed in folders. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind
from actors.store.nouns.folders import OfPaths, Place
from actors.templates.errors import TemplateError
from actors.templates.facts import TemplateFacts
from actors.templates.rendering import TemplateOptions, render_path

# Another number has all documents placed again.
VERSION = 1
# What a template says that asks for the name of a label of that kind, or for a custom field. It may ask for less than it seems to.
_WORDS: Mapping[LabelKind | None, str] = {
    LabelKind.CORRESPONDENT: "correspondent",
    LabelKind.DOCUMENT_TYPE: "document_type",
    LabelKind.TAG: "tag_",
    LabelKind.STORAGE_PATH: "storage_path",
    None: "custom_fields",
}
_TEXT = "content"


@dataclass(frozen=True, slots=True)
class FilingRules:
    """`template` is that of documents whose storage path has none; without one they stand at the top, named by their numbers.

    Days are those of `time_zone`, a name as in Europe/Berlin.
    """

    template: str = ""
    remove_none: bool = False
    time_zone: str = "UTC"

    @property
    def number(self) -> int:
        """Give a number that is another for other rules, and never 0."""
        said = repr((VERSION, self.template, self.remove_none, self.time_zone))
        return int.from_bytes(sha256(said.encode()).digest()[:7]) or 1

    @property
    def options(self) -> TemplateOptions:
        """Say how templates write."""
        return TemplateOptions(self.remove_none)


def place_of(template: str, facts: TemplateFacts, options: TemplateOptions) -> Place:
    """Place a document; one whose template does not work stands at the top with the reason."""
    unnamed = Place("", unnamed_file(DocumentId(facts.id)))
    if not template:
        return unnamed
    try:
        folder, _, name = render_path(template, facts, options).rpartition("/")
    except TemplateError as error:
        return Place("", unnamed.name, str(error))
    return Place(folder, name)


def unnamed_file(document_id: DocumentId) -> str:
    """Name the file of a document that no template names."""
    return f"{document_id:07}"


def asks_for_text(template: str) -> bool:
    """Tell whether a template may want the text of a document."""
    return _TEXT in template


def affected(kind: LabelKind | None, templates: Mapping[LabelId, str], rules: FilingRules) -> OfPaths | None:
    """Say which documents may stand elsewhere when a label of a kind has another name, or, with None, a field; None is all that bear it."""
    if kind is LabelKind.STORAGE_PATH:  # it may be its template that is another
        return None
    asking = {path for path, template in templates.items() if _WORDS[kind] in (template or rules.template)}
    return OfPaths(asking, none=_WORDS[kind] in rules.template)
