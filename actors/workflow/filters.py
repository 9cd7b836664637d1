"""Whether a trigger's filters let a document pass, each with its words."""

import fnmatch
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from actors.store.assignments.given import Standing
from actors.store.nouns.archive import SourceKind
from actors.store.nouns.assignments import Aspect
from actors.store.nouns.catalog import LabelId, Matching
from actors.store.nouns.workflows import LabelFilter, Trigger
from actors.workflow.field_queries import FieldQueryRefused, holds, parse, questions
from actors.workflow.known import Known, Tools
from actors.workflow.plan import Check

_DOORS = {SourceKind.FOLDER: "a watched folder", SourceKind.UPLOAD: "an upload", SourceKind.MAIL: "mail"}
_SINGLES = (
    ("correspondent", Aspect.CORRESPONDENT, "correspondents"),
    ("document type", Aspect.DOCUMENT_TYPE, "document_types"),
    ("storage path", Aspect.STORAGE_PATH, "storage_paths"),
)


def checks(trigger: Trigger, known: Known, standing: Standing, tools: Tools) -> Iterator[Check]:
    """Ask each filter that asks something; `standing` is what the document has at that moment."""
    if trigger.sources:
        came = _DOORS.get(known.source, "elsewhere") if known.source is not None else "elsewhere"
        asked = " or ".join(_DOORS[source] for source in trigger.sources)
        yield Check("source", known.source in trigger.sources, f"it came by {came}, {asked} is asked for")
    if trigger.path:
        yield Check("path", path_fits(known.path, trigger.path), f"{_shown(known.path)}, '{trigger.path}' is asked for")
    if trigger.filename:
        names = (known.filename, *known.came_as)
        found = "' of '".join(names)
        yield Check("file name", any(glob_fits(name, trigger.filename) for name in names), f"'{found}', '{trigger.filename}' is asked for")
    borne = {LabelId(place.subject) for place in standing.values if place.aspect is Aspect.TAG}
    yield from _labels("tag", trigger.tags, borne, tools)
    for name, aspect, attribute in _SINGLES:
        has = {LabelId(value) for place, value in standing.values.items() if place.aspect is aspect and isinstance(value, int)}
        yield from _labels(name, getattr(trigger, attribute), has, tools)
    if trigger.fields:
        yield _fields(trigger.fields, standing, tools)
    if trigger.content.matching is not Matching.NONE:
        answer = tools.match(trigger.content, known.text)
        yield Check("content", answer.fits, answer.words, answer.broken)


def path_fits(path: str, pattern: str) -> bool:
    """Compare a path with a glob, which may be that of the whole path or of its end; a star stands for folders, too."""
    return glob_fits(path, pattern) or glob_fits(path, f"*/{pattern}")


def glob_fits(name: str, pattern: str) -> bool:
    """Compare a name with a glob, capitals aside."""
    return _compiled(_plain(pattern)).match(_plain(name)) is not None


@lru_cache(256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern))


def _shown(path: str) -> str:
    return f"'{path}'" if path else "it has no path"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _labels(name: str, asked: LabelFilter, has: set[LabelId], tools: Tools) -> Iterator[Check]:
    found = _named(has, tools, f"no {name}")
    if asked.any_of:
        yield Check(f"any {name}", bool(has & set(asked.any_of)), f"it has {found}; one of {_named(asked.any_of, tools)} is asked for")
    if asked.all_of:
        yield Check(f"all {name}s", set(asked.all_of) <= has, f"it has {found}; {_named(asked.all_of, tools)} is asked for")
    if asked.none_of:
        yield Check(f"no {name}", not has & set(asked.none_of), f"it has {found}; {_named(asked.none_of, tools)} must not be there")


def _named(labels: Iterable[LabelId], tools: Tools, none: str = "") -> str:
    return ", ".join(sorted(map(tools.label, labels))) or none


def _fields(text: str, standing: Standing, tools: Tools) -> Check:
    values = {place.subject: value for place, value in standing.values.items() if place.aspect is Aspect.FIELD}
    try:
        query = parse(text, tools.fields)
    except FieldQueryRefused as refused:
        return Check("custom fields", passed=False, words=f"can't be asked: {refused}", broken=True)
    asked: Sequence[str] = list(dict.fromkeys(tools.field(question.field) for question in questions(query)))
    passed = holds(query, values, tools.fields)  # type: ignore[arg-type]  # subjects of this aspect are ids of fields
    return Check("custom fields", passed, f"what is asked of {', '.join(asked)} {'holds' if passed else 'does not hold'}")
