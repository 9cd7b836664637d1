"""Reading again in the language that pages turn out to be in, once, where its model is installed."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actors.ocr.engines.language_models import LANGUAGES, is_missing, model_to_read
from actors.ocr.engines.tessdata import package
from actors.ocr.errors import DecoderKilled, DocumentUnreadable, PageUnreadable
from actors.ocr.messages import PageRead
from actors.ocr.reading.doubt import LOST, SCRIPTS, says_more
from actors.pipeline.page_records import pack_words, unpack_words
from actors.pipeline.ports import DetectLanguage, Room
from actors.pipeline.reading import keep_page, read_page
from actors.pipeline.turns import Turns
from actors.pipeline.work import Work
from actors.store.nouns.archive import DocumentWarning
from actors.store.nouns.pages import PageRecord, PageState

LANGUAGE_MISSING = "LANGUAGE_MISSING"
# In so many letters a language is rarely mistaken, and never when both halves of them say the same.
SURE_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the language of a document asks for: pages by number with the model to read them again in, and what a person should know."""

    again: tuple[tuple[int, str], ...] = ()
    warning: DocumentWarning | None = None


async def read_again(work: Work, room: Room, turns: Turns) -> None:
    """Read pages again in their own language; the better reading of each is kept. A page is read so once, in however many runs."""
    if not work.settings.detect_language:
        return
    verdict = await asyncio.to_thread(judge, work.records, room.detect_language, room.models())
    if verdict.warning:
        work.warnings.append(verdict.warning)
    pages = {record.number: record for record in work.records}
    async with asyncio.TaskGroup() as group:
        for number, model in verdict.again:
            group.create_task(_read_one_again(work, room, turns, pages[number], model))
    if verdict.again:
        work.records = await asyncio.to_thread(room.store.pages.records, work.document.id)


def judge(records: Sequence[PageRecord], detect: DetectLanguage, installed: frozenset[str]) -> Verdict:
    """Decide which pages to read again, in which model, and whether a model is missing."""
    read = [record for record in records if record.state is PageState.DONE and record.languages]
    text = "\n".join(record.text for record in read if record.confidence >= LOST)
    code = detect(text)
    again = []
    for record in read:
        language = LANGUAGES.get(_own_language(record, code, detect))
        model = model_to_read(language, record.languages, installed) if language else ""
        if model:
            again.append((record.number, model))
    return Verdict(tuple(again), _missing(read, code if is_sure(text, code, detect) else "", installed))


def is_sure(text: str, code: str, detect: DetectLanguage) -> bool:
    """Tell whether a text is long enough to be sure of its language, and both of its halves say the same."""
    text = text.strip()
    middle = len(text) // 2
    return sum(map(str.isalpha, text)) >= SURE_LETTERS and detect(text[:middle]) == detect(text[middle:]) == code


def _own_language(record: PageRecord, code: str, detect: DetectLanguage) -> str:
    """Name the language of a page: its own where that is sure, else its document's."""
    own = detect(record.text) if record.confidence >= LOST else code
    return own if own != code and is_sure(record.text, own, detect) else code


def _missing(read: Sequence[PageRecord], code: str, installed: frozenset[str]) -> DocumentWarning | None:
    """Tell of a model that would read the document better and is not there; nothing where this machine has none at all."""
    language = LANGUAGES.get(code)
    tried = {name for record in read for name in record.languages}
    if not installed or not read:
        return None
    if language and is_missing(language, tried, installed):
        return _warning(f"in {language.name}", tried, language.models[0])
    script, pages = Counter(record.script for record in read).most_common(1)[0]
    if script and 2 * pages >= len(read):
        return _warning(f"in {script} script", tried, SCRIPTS[script][0])
    return None


def _warning(what: str, tried: set[str], model: str) -> DocumentWarning:
    message = f"it seems to be {what}, which was read as {'+'.join(sorted(tried))}: install {package(model)}, then reprocess it"
    return DocumentWarning(LANGUAGE_MISSING, message)


async def _read_one_again(work: Work, room: Room, turns: Turns, record: PageRecord, model: str) -> None:
    tried = (*record.languages, model)
    kept = replace(record, languages=tried)
    async with turns.place(work.document.id):
        try:
            read = await read_page(work, room, record.number, replace(work.settings, languages=(model,)))
        except (PageUnreadable, DocumentUnreadable, DecoderKilled):
            read = None  # the reading that there is stands
        if read is not None and _is_better(read, record):
            read = replace(read, languages=tuple(dict.fromkeys([*read.languages, *tried])))
            await asyncio.to_thread(keep_page, work, room, read)
        else:
            await asyncio.to_thread(room.store.pages.save, work.document.id, work.job.id, work.job.fence, kept)


def _is_better(read: PageRead, record: PageRecord) -> bool:
    """Compare the words of both readings as the store keeps them."""
    return says_more(unpack_words(pack_words(read.words)), unpack_words(record.words))
