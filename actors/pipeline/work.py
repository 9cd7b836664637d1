"""One document on its way, as far as it has come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from actors.ocr.messages import DocumentInspected, LetterFacts, OcrMode, OcrSettings
from actors.pipeline.notes import Notes
from actors.pipeline.ports import WorkingFile
from actors.pipeline.steps import Step
from actors.store.nouns.archive import Document, DocumentWarning
from actors.store.nouns.assignments import Proposal
from actors.store.nouns.jobs import Job, Progress
from actors.store.nouns.likeness import Compared
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.nouns.workflows import Deeds

PAGE_FAILED = "PAGE_UNREADABLE"
PAGE_NOTICE = "PAGE_NOTICE"


@dataclass(slots=True)
class Work:
    """What the steps hand on to each other. A new run of the same job begins with an empty one: all that must last is in the store.

    `is_new` tells that the document has never come to its end before; only then do workflows look at it.
    """

    job: Job
    document: Document
    file: WorkingFile
    settings: OcrSettings
    notes: Notes
    is_new: bool
    inspected: DocumentInspected | None = None
    letter: LetterFacts | None = None
    records: list[PageRecord] = field(default_factory=list)
    warnings: list[DocumentWarning] = field(default_factory=list)
    language: str = ""
    proposals: Sequence[Proposal] = ()
    deeds: Deeds | None = None
    has_archive: bool = False
    compared: Compared | None = None
    pages_done: int = 0
    replaced: bool = False

    @property
    def facts(self) -> DocumentInspected:
        """Give what the file holds; the first step has found it."""
        if self.inspected is None:
            raise RuntimeError("a step was taken before the document was inspected")
        return self.inspected

    def record(self, number: int) -> PageRecord:
        """Give what is known of a page; the first step has numbered them."""
        return self.records[number - 1]

    def note(self, step: Step) -> None:
        """Show everyone where the document is."""
        self.notes.note(Progress(self.job.id, self.job.fence, step.value, self.pages_done, len(self.records)))


class NothingReadable(Exception):
    """Every page that was to be read failed."""


def settings_for(job: Job, settings: OcrSettings) -> OcrSettings:
    """Apply what was asked for this one job: `ocr_mode`, and `ocr_language`, which nothing then knows better."""
    mode = job.options.get("ocr_mode", "")
    language = job.options.get("ocr_language", "")
    return replace(
        settings,
        mode=OcrMode(mode) if mode else settings.mode,
        languages=tuple(language.split("+")) if language else settings.languages,
        detect_language=settings.detect_language and not language,
    )


def page_warnings(records: list[PageRecord]) -> list[DocumentWarning]:
    """Tell of pages that could not be read, or only with a remark; what is said of several alike is said once, of the document."""
    said = [record for record in records if record.warning]
    pages = Counter(record.warning for record in said if record.state is PageState.DONE)
    alike = [DocumentWarning(PAGE_NOTICE, f"{warning} (on {count} pages)") for warning, count in pages.items() if count > 1]
    single = [
        DocumentWarning(PAGE_FAILED if record.state is PageState.FAILED else PAGE_NOTICE, record.warning, record.number)
        for record in said
        if record.state is PageState.FAILED or pages[record.warning] == 1
    ]
    return alike + single
