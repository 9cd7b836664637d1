"""Rules and extractions asked about documents that are there, before they are kept; nothing is given."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from google.protobuf.message import Message

from actors.store.nouns.archive import Cursor, Document, DocumentOrder, DocumentState, SortField
from actors.store.nouns.catalog import Field, FieldFacts, FieldId, Matching, MatchRule
from actors.store.rows.ordering import cursor_of
from actors.store.store import Store
from daemon.service.cataloguing.checks import refuse, rule_violations
from daemon.service.cataloguing.tried import ExtractionTrial, RuleTrial, Trial
from daemon.service.ports import Archive
from daemon.service.refusals import Violation
from daemon.service.wire.catalog import MATCHINGS, field_facts, field_id, field_kind, field_options, label_id, label_kind, ours
from scriba.v1 import assignments_pb2 as pb

USUAL_DOCUMENTS = 1_000
MOST_SECONDS = 30.0
# Texts that are gone through between two answers: a fraction of a second's work.
PAGE = 20
_NEWEST_FIRST = DocumentOrder(SortField.ADDED_TIME, descending=True)
_NOT_BY_PATTERN = (None, Matching.NONE, Matching.AUTO)


Told = TypeVar("Told", bound=Message)


@dataclass(frozen=True, slots=True)
class Step(Generic[Told]):
    """How far a trial is, and what came of it since."""

    done: int
    total: int
    outcomes: Sequence[Told]


class Trials:
    """Goes over documents within bounds of number and time."""

    def __init__(self, archive: Archive, steady: Callable[[], float] = time.monotonic) -> None:
        self._archive = archive
        self._steady = steady

    async def of_rule(self, request: pb.TryRuleRequest) -> AsyncGenerator[pb.TryRuleResponse, None]:
        """Try a rule; raises InvalidRequest, LabelNotFound."""
        trial = await asyncio.to_thread(self._rule, request)
        async for step in self._steps(trial, request.max_documents):
            yield pb.TryRuleResponse(documents_done=step.done, documents_total=step.total, outcomes=step.outcomes)

    async def of_extraction(self, request: pb.TryExtractionRequest) -> AsyncGenerator[pb.TryExtractionResponse, None]:
        """Try an extraction; raises InvalidRequest, FieldNotFound."""
        trial = await asyncio.to_thread(self._extraction, request)
        async for step in self._steps(trial, request.max_documents):
            yield pb.TryExtractionResponse(documents_done=step.done, documents_total=step.total, outcomes=step.outcomes)

    async def _steps(self, trial: Trial[Told], most: int) -> AsyncGenerator[Step[Told], None]:
        store, end = self._archive.store, self._steady() + MOST_SECONDS
        total = min(most or USUAL_DOCUMENTS, await asyncio.to_thread(store.documents.count, deleted=False))
        after: Cursor | None = None
        done = 0
        yield Step(done, total, ())
        while done < total and self._steady() < end and not trial.in_vain:
            size = min(PAGE, total - done)
            documents = await asyncio.to_thread(store.documents.list, _NEWEST_FIRST, after, size, deleted=False)
            if not documents:
                return  # some are gone since they were counted
            outcomes = await asyncio.to_thread(_looked_at, store, trial, documents)
            done, after = done + len(documents), cursor_of(documents[-1], _NEWEST_FIRST)
            yield Step(done, total, outcomes)

    def _rule(self, request: pb.TryRuleRequest) -> "RuleTrial":
        label = self._archive.store.catalog.labels.get(label_id(request.label_id)) if request.label_id else None
        kind = label.kind if label is not None else label_kind(request.kind)
        matching = ours(MATCHINGS, request.matching)
        rule = MatchRule(matching or Matching.NONE, request.pattern, request.case_sensitive)
        refuse(
            [Violation("matching", "must be one that goes by a pattern")]
            if matching in _NOT_BY_PATTERN
            else rule_violations("pattern", rule)
        )
        return RuleTrial(kind, rule, label.id if label is not None else None)

    def _extraction(self, request: pb.TryExtractionRequest) -> "ExtractionTrial":
        told = request.field
        known = self._archive.store.catalog.fields.get(field_id(told.id)).id if told.id else None
        kind, rule = field_kind(told.kind), MatchRule(Matching.REGEX, told.extraction)
        refuse(rule_violations("field.extraction", rule))
        facts = field_facts(told)
        options = {number: name for number, (_, name) in enumerate(field_options(told), 1)}
        tried = Field(known or FieldId(0), kind, 1, FieldFacts(facts.name, options, facts.currency, facts.extraction))
        return ExtractionTrial(self._archive.understanding, tried, known)


def _looked_at(store: Store, trial: Trial[Told], documents: Sequence[Document]) -> Sequence[Told]:
    """Try something on documents that have been read; one text at a time, since one may be as large as all the others."""
    outcomes = list[Told]()
    for document in documents:
        if document.state is DocumentState.READY and not trial.in_vain:
            told = trial.look_at(document, "\n".join(store.pages.texts(document.id)))
            outcomes += [told] if told is not None else []
    return outcomes
