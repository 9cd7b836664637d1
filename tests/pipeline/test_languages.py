"""Pages are read again in the language they turn out to be in: once, never for the worse, and never for ever."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from actors.ocr.errors import DocumentUnreadable, PageUnreadable
from actors.ocr.messages import Word
from actors.pipeline.languages import SURE_LETTERS, Verdict, is_sure, judge
from actors.pipeline.page_records import pack_words, unpack_words
from actors.store.nouns.archive import DocumentWarning
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.store import Store
from tests.pipeline.cast import Stage, until, working
from tests.pipeline.following import accepted, finished, state_of

LANGUAGES = {"en": "the", "fr": "nous", "de": "und"}
FRENCH, ENGLISH = "nous " * 60, "the " * 80
MODELS = frozenset({"eng", "fra"})


@pytest.fixture
def stage(store: Store) -> Stage:
    """Set a stage where three French pages were read in English, which is worse."""
    stage = Stage(store)
    stage.languages, stage.models = LANGUAGES, MODELS
    stage.readers.texts = {"eng": (FRENCH, 88.0), "fra": (f"{FRENCH} été", 96.0)}
    return stage


def detect(text: str) -> str:
    return max(LANGUAGES, key=lambda code: text.count(LANGUAGES[code])) if text.strip() else ""


def page(number: int, text: str, *languages: str, confidence: float = 90.0, script: str = "") -> PageRecord:
    return PageRecord(number, PageState.DONE, text, confidence, languages=languages, script=script)


async def test_pages_are_read_again_in_the_language_they_turn_out_to_be_in(stage: Stage) -> None:
    document, job = accepted(stage.store)
    await finished(stage, job)
    assert sorted(stage.readers.read_in) == [(1, "eng"), (1, "fra"), (2, "eng"), (2, "fra"), (3, "eng"), (3, "fra")]
    assert [record.languages for record in stage.store.pages.records(document)] == [("fra", "eng")] * 3
    assert stage.store.pages.texts(document) == [f"{FRENCH} été"] * 3
    done = stage.store.documents.get(document)
    assert (done.language, done.warnings, stage.binder.bound[0].language) == ("fr", (), "fra")


async def test_the_first_reading_stays_where_the_other_is_no_better(stage: Stage) -> None:
    stage.readers.texts["fra"] = ("rubbish", 88.0)
    document, job = accepted(stage.store)
    await finished(stage, job)
    assert stage.store.pages.texts(document) == [FRENCH] * 3
    assert [record.languages for record in stage.store.pages.records(document)] == [("eng", "fra")] * 3


@pytest.mark.parametrize("error", [PageUnreadable("too dark"), DocumentUnreadable("no language to read with")])
async def test_the_first_reading_stays_where_the_other_fails(stage: Stage, error: Exception) -> None:
    stage.readers.script = {number: [None, error] for number in (1, 2, 3)}
    document, job = accepted(stage.store)
    await finished(stage, job)
    assert stage.store.pages.texts(document) == [FRENCH] * 3
    assert stage.store.documents.get(document).warnings == ()


async def test_a_page_that_was_read_again_is_not_once_more_after_a_stop(stage: Stage) -> None:
    document, job = accepted(stage.store)
    async with working(stage.pipeline("first life")):
        await until(lambda: any(languages == "fra" for _, languages in stage.readers.read_in))
        await until(lambda: any("fra" in record.languages for record in stage.store.pages.records(document)))
    kept = {record.number for record in stage.store.pages.records(document) if "fra" in record.languages}
    stage.readers.read_in.clear()
    await finished(stage, job)
    assert {number for number, _ in stage.readers.read_in} == {1, 2, 3} - kept
    assert {languages for _, languages in stage.readers.read_in} <= {"fra"}
    assert stage.store.pages.texts(document) == [f"{FRENCH} été"] * 3


async def test_a_setting_and_a_language_that_was_asked_for_turn_it_off(stage: Stage) -> None:
    stage.settings = replace(stage.settings, detect_language=False)
    _, job = accepted(stage.store)
    await finished(stage, job)
    stage.settings = replace(stage.settings, detect_language=True)
    document, job = accepted(stage.store, "another letter")
    assert {languages for _, languages in stage.readers.read_in} == {"eng"}
    await finished(stage, job)
    stage.readers.read_in.clear()
    again = stage.store.jobs.enqueue(document, JobKind.DOCUMENT, "again", {"ocr_language": "eng"}, datetime.now(UTC))
    await finished(stage, again)
    assert {languages for _, languages in stage.readers.read_in} == {"eng"}
    assert state_of(stage.store, again) is JobState.SUCCEEDED


async def test_a_model_that_is_not_installed_is_named_with_its_package(stage: Stage) -> None:
    stage.models = frozenset({"eng"})
    document, job = accepted(stage.store)
    await finished(stage, job)
    message = "it seems to be in French, which was read as eng: install tesseract-ocr-fra, then reprocess it"
    assert stage.store.documents.get(document).warnings == (DocumentWarning("LANGUAGE_MISSING", message),)


def test_a_page_in_another_language_than_its_document_is_read_in_its_own() -> None:
    records = [page(1, FRENCH * 9, "fra"), page(2, ENGLISH, "fra"), page(3, "short", "fra")]
    assert judge(records, detect, MODELS) == Verdict(((2, "eng"),))


def test_a_short_or_lost_page_follows_its_document() -> None:
    records = [page(1, FRENCH, "eng"), page(2, "42", "eng"), page(3, ENGLISH, "eng", confidence=30.0)]
    assert judge(records, detect, MODELS) == Verdict(((1, "fra"), (2, "fra"), (3, "fra")))


@pytest.mark.parametrize(
    "record",
    [
        page(1, FRENCH, "fra"),
        page(1, FRENCH, "eng", "fra"),
        page(1, FRENCH),
        page(1, ENGLISH, "eng"),
        page(1, "", "eng"),
        page(1, FRENCH, "eng", confidence=30.0),
        PageRecord(1, PageState.FAILED, FRENCH, 90.0, languages=("eng",)),
    ],
)
def test_a_page_is_left_alone_in_its_own_language_without_ocr_or_without_sense(record: PageRecord) -> None:
    assert judge([record], detect, MODELS) == Verdict()


def test_nothing_is_missing_while_nothing_is_sure_or_the_models_are_elsewhere() -> None:
    assert judge([page(1, "nous", "eng")], detect, frozenset({"eng"})) == Verdict()
    assert judge([page(1, FRENCH, "eng")], detect, frozenset()) == Verdict()
    assert judge([page(1, FRENCH, "eng")], lambda _: "la", frozenset({"eng"})) == Verdict()


def test_a_script_that_nothing_reads_is_told() -> None:
    records = [page(1, "x", "eng", confidence=30.0, script="Hebrew"), page(2, "x", "eng", confidence=30.0)]
    message = "it seems to be in Hebrew script, which was read as eng: install tesseract-ocr-heb, then reprocess it"
    assert judge(records, detect, frozenset({"eng"})).warning == DocumentWarning("LANGUAGE_MISSING", message)
    assert judge([*records, page(3, "x", "eng")], detect, frozenset({"eng"})).warning is None


def test_a_language_is_sure_when_both_halves_of_a_long_text_say_so() -> None:
    assert is_sure(FRENCH, "fr", detect)
    assert not is_sure(FRENCH, "en", detect)
    assert not is_sure(FRENCH[: SURE_LETTERS - 1], "fr", detect)
    assert not is_sure(FRENCH + ENGLISH, "fr", detect)


def test_words_are_unpacked_as_they_were_packed() -> None:
    words = (Word("été", 1, 2, 30, 40, 91.0, 0), Word("fin", 1, 50, 30, 90, 80.0, 1))
    assert unpack_words(pack_words(words)) == words
    assert unpack_words(b"") == ()
