"""What comes of a rule or an extraction on one document."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from google.protobuf.message import Message

from actors.matching.matcher import ALLOWANCE, Matcher
from actors.store.catalog.field_values import kept_value, shown_value
from actors.store.nouns.archive import Document
from actors.store.nouns.catalog import Field, FieldEntry, FieldId, LabelId, LabelKind, MatchRule, NamedLabel
from daemon.service.ports import Understanding
from scriba.v1 import assignments_pb2 as pb

Told_co = TypeVar("Told_co", bound=Message, covariant=True)


class Trial(Protocol[Told_co]):
    """What is tried on one document after another."""

    @property
    def in_vain(self) -> bool:
        """Tell whether to go on would only take time."""

    def look_at(self, document: Document, text: str) -> Told_co | None:
        """Tell what comes of it, if that is worth a word; called in worker threads, one call at a time."""


class RuleTrial:
    """Asks one rule. `label` is the one whose rule it shall be, None for a new one."""

    def __init__(self, kind: LabelKind, rule: MatchRule, label: LabelId | None) -> None:
        self._kind = kind
        self._matcher = Matcher([(None, rule)])
        self._label = label
        self._unasked = 0

    @property
    def in_vain(self) -> bool:
        """Tell whether the rule is set aside by now."""
        return self._unasked >= ALLOWANCE.most_timeouts

    def look_at(self, document: Document, text: str) -> pb.TryRuleResponse.Outcome | None:
        """Tell whether the rule fits or could not be asked, or whether the document bears the label all the same."""
        answer, labels = self._matcher.match(text), labels_of(document)
        self._unasked = self._unasked + 1 if answer.notices else 0
        bears = self._label is not None and (self._label in document.tag_ids or self._label in {one.id for one in labels.values()})
        if not (answer.matches or answer.notices or bears):
            return None
        present = labels[self._kind].name if self._kind in labels else ""
        told = pb.TryRuleResponse.Outcome(document_id=str(document.id), title=document.title, bears=bears, present=present)
        for match in answer.matches:
            told.fits, told.reason = True, match.fit.why
            told.words.extend(match.fit.found)
        for notice in answer.notices:
            told.notice = notice.words
        return told


class ExtractionTrial:
    """Asks the extraction of one field. `known` is the one that it shall be of, None for a new one."""

    in_vain = False

    def __init__(self, understanding: Understanding, field: Field, known: FieldId | None) -> None:
        self._understanding = understanding
        self._field = field
        self._known = known

    def look_at(self, document: Document, text: str) -> pb.TryExtractionResponse.Outcome | None:
        """Tell what is found, or what is there though nothing is found."""
        found = self._understanding.extract(self._field, text)
        present = "".join(shown(entry) for entry in document.fields if entry.field.id == self._known)
        if not (found.proposals or found.warnings or present):
            return None
        told = pb.TryExtractionResponse.Outcome(document_id=str(document.id), title=document.title, present=present)
        for proposal in found.proposals:
            if proposal.value is not None:
                told.value, told.reason = shown(FieldEntry(self._field, proposal.value)), proposal.reason.words
        for warning in found.warnings:
            told.notice = warning.message
        return told


def shown(entry: FieldEntry) -> str:
    """Write the value of a field as people read it."""
    return shown_value(entry.field, kept_value(entry.field, entry.value))


def labels_of(document: Document) -> Mapping[LabelKind, NamedLabel]:
    """Give the correspondent, the type and the path of a document, as far as it has them."""
    labels = {
        LabelKind.CORRESPONDENT: document.correspondent,
        LabelKind.DOCUMENT_TYPE: document.document_type,
        LabelKind.STORAGE_PATH: document.storage_path,
    }
    return {kind: label for kind, label in labels.items() if label is not None}
