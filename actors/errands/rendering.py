"""Renders the templates of workflows for a document as it is at that moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from actors.store.assignments.given import Kept, Place
from actors.store.catalog.field_values import value_of
from actors.store.nouns.archive import Document
from actors.store.nouns.assignments import Aspect
from actors.store.nouns.catalog import Field, FieldEntry, FieldId, LabelId
from actors.templates.documents import facts_of
from actors.templates.errors import TemplateError
from actors.templates.facts import TemplateFacts
from actors.templates.rendering import render_text, render_title
from actors.workflow.known import TemplateRefused


@dataclass(frozen=True, slots=True)
class DocumentTemplates:
    """Knows all of a document that its workflows do not change; what they do comes with each call."""

    document: Document
    content: str
    labels: Mapping[LabelId, str]
    fields: Mapping[FieldId, Field]
    zone: ZoneInfo

    def title(self, template: str, values: Mapping[Place, Kept]) -> str:
        """Render a title."""
        return self._rendered(render_title, template, values)

    def text(self, template: str, values: Mapping[Place, Kept]) -> str:
        """Render any text."""
        return self._rendered(render_text, template, values)

    def _rendered(self, render: Callable[[str, TemplateFacts], str], template: str, values: Mapping[Place, Kept]) -> str:
        try:
            return render(template, self._facts(values))
        except TemplateError as error:
            raise TemplateRefused(str(error)) from error

    def _facts(self, values: Mapping[Place, Kept]) -> TemplateFacts:
        created, asn = values.get(Place(Aspect.CREATED_DATE)), values.get(Place(Aspect.ASN))
        return replace(
            facts_of(self.document, self.zone, self.content),
            title=str(values.get(Place(Aspect.TITLE), "")),
            created=date.fromisoformat(created) if isinstance(created, str) else None,
            correspondent=self._label(values.get(Place(Aspect.CORRESPONDENT))),
            document_type=self._label(values.get(Place(Aspect.DOCUMENT_TYPE))),
            storage_path=self._label(values.get(Place(Aspect.STORAGE_PATH))),
            tags=tuple(sorted(self.labels.get(LabelId(place.subject), "") for place in values if place.aspect is Aspect.TAG)),
            asn=asn if isinstance(asn, int) else None,
            fields=tuple(self._entries(values)),
        )

    def _label(self, kept: Kept) -> str | None:
        return self.labels.get(LabelId(kept)) if isinstance(kept, int) else None

    def _entries(self, values: Mapping[Place, Kept]) -> list[FieldEntry]:
        kept = {FieldId(place.subject): value for place, value in values.items() if place.aspect is Aspect.FIELD}
        return [FieldEntry(self.fields[one], value_of(self.fields[one].kind, value)) for one, value in kept.items() if one in self.fields]
