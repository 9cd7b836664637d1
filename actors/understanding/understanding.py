"""Everything that a document tells of itself, the surest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from actors.classifier.lessons import lesson_text
from actors.dates.candidates import DateHints, DateSource
from actors.dates.finder import find_dates
from actors.dates.settings import read_day
from actors.matching.matcher import Matcher
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import Field, Label, LabelId
from actors.understanding.extraction import from_extraction
from actors.understanding.facts import Catalogue, Facts, Learned, Today, Understood
from actors.understanding.from_barcodes import from_barcodes
from actors.understanding.from_invoice import from_invoice
from actors.understanding.from_learning import from_learning, learning_labels
from actors.understanding.from_letter import from_letter
from actors.understanding.from_rules import from_rules, make_matcher
from actors.understanding.settings import UnderstandingSettings
from actors.understanding.suggesting import Suggested, suggest_labels

_FROM_PAPER = frozenset({DateSource.TEXT, DateSource.FILE_NAME})


@dataclass(frozen=True, slots=True)
class _Known:
    """The catalogue at one moment, its rules compiled, and the labels that learn."""

    stamp: int
    labels: Sequence[Label]
    fields: Sequence[Field]
    matcher: Matcher[Label]
    learning: frozenset[LabelId]


class Understanding:
    """Understands documents by the catalogue as it is at that moment. Threads may share one."""

    def __init__(self, settings: UnderstandingSettings, catalogue: Catalogue, learned: Learned, today: Today) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._learned = learned
        self._today = today
        self._lock = Lock()
        self._known: _Known | None = None

    def understand(self, facts: Facts) -> Understood:
        """Propose values for a document; of several for one place the first counts (store/given.py)."""
        known = self._newest()
        text = facts.text
        barcodes = from_barcodes(facts.barcodes, self._settings.barcodes)
        rules = from_rules(known.matcher, text)
        extracted = self._extracted(known.fields, text)
        proposals = (
            *barcodes.proposals,
            *(from_invoice(facts.invoice, self._catalogue.ensure_fields) if facts.invoice is not None else ()),
            *(from_letter(facts.letter, known.labels) if facts.letter is not None else ()),
            *rules.proposals,
            *extracted.proposals,
            *self._dates(facts),
            *from_learning(self._learned.suggest(lesson_text(facts.pages)), known.learning),
        )
        return Understood(proposals, (*barcodes.warnings, *rules.warnings, *extracted.warnings))

    def labels(self, pages: Sequence[str]) -> tuple[Proposal, ...]:
        """Propose the labels that rules and what was learned give to a text, the surest first."""
        known = self._newest()
        rules = from_rules(known.matcher, "\n".join(pages)).proposals
        return (*rules, *from_learning(self._learned.suggest(lesson_text(pages)), known.learning))

    def suggest(self, facts: Facts) -> Suggested:
        """Suggest labels and days for a document, those that it has too; nothing is given and no field made."""
        known, dates = self._newest(), find_dates(facts.pages, self._hints(facts))
        learned = self._learned.suggest(lesson_text(facts.pages))
        labels = suggest_labels(known.matcher.match(facts.text).matches, learned, known.labels)
        return Suggested(tuple(labels), dates[: self._settings.dates.suggestions])

    def extract(self, field: Field, text: str) -> Understood:
        """Tell what the extraction of a field, kept or not, finds in a text."""
        return self._extracted([field], text)

    def _extracted(self, fields: Sequence[Field], text: str) -> Understood:
        return from_extraction(fields, text, lambda words: read_day(words, self._settings.dates.order, self._today()))

    def _dates(self, facts: Facts) -> Iterator[Proposal]:
        for best in find_dates(facts.pages, self._hints(facts))[:1]:
            if best.source in _FROM_PAPER and best.score >= self._settings.least_date_score:
                yield Proposal(Aspect.CREATED_DATE, best.date, Reason(Giver.TEXT, best.reason, best.score))

    def _hints(self, facts: Facts) -> DateHints:
        dates = self._settings.dates
        return DateHints(
            today=self._today(),
            language=facts.language,
            order=dates.order,
            ignored=dates.ignored,
            file_name=facts.filename,
            file_name_order=dates.file_name_order,
            file_date=facts.file_date,
            mail_date=facts.mail_date,
        )

    def _newest(self) -> _Known:
        with self._lock:
            stamp = self._catalogue.stamp()
            if self._known is None or self._known.stamp != stamp:
                labels = self._catalogue.labels()
                self._known = _Known(stamp, labels, self._catalogue.fields(), make_matcher(labels), learning_labels(labels))
            return self._known
