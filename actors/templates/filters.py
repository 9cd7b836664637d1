"""The filters and tests of templates: those of Jinja that stay small, and those that users of such archives know."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from actors.templates.absent import ABSENT
from actors.templates.calls import check_joined, check_replaced
from actors.templates.dates import absent, localized, strftime
from actors.templates.formats import percent
from actors.templates.variables import Fields
from actors.templates.work import LANGUAGE, Refused, check_length, check_plain, work_of, written

Filter = Callable[..., object]
_KEPT = (
    *("capitalize", "center", "lower", "replace", "string", "title", "trim", "truncate", "upper"),
    *("first", "join", "last", "list", "map", "max", "min", "reject", "reverse", "select", "sort", "sum", "unique"),
    *("abs", "float", "int", "round"),
)
_TESTS = (
    *("boolean", "defined", "false", "float", "integer", "iterable", "mapping", "number", "sequence", "string", "true", "undefined"),
    *("divisibleby", "even", "in", "lower", "odd", "upper"),
    *("eq", "equalto", "ge", "greaterthan", "gt", "le", "lessthan", "lt", "ne", "==", "!=", ">", ">=", "<", "<="),
)
# Only asked by name through our own: `map` takes any name that a template's own environment knows.
_JINJA = ImmutableSandboxedEnvironment()
_MOST_DIGITS = 15
# The first date in a language takes 4 ms, since its names are loaded.
_COST_OF_A_LANGUAGE = 500
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_NO_LETTER = re.compile(r"[\W_]+")


def get_cf_value(fields: object, name: object, default: object = ABSENT) -> object:
    """Give the value of a custom field, or the default where a document has none."""
    if not isinstance(fields, Fields):
        raise Refused("get_cf_value is asked of custom_fields")
    value = fields[str(name)].value
    return default if absent(value) else value


def slugify(value: object) -> object:
    """Make a text of small letters, digits and dashes; one of other scripts keeps its letters."""
    if absent(value):
        return ABSENT
    folded = str(value).casefold()
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return _NO_SLUG.sub("-", plain).strip("-") or _NO_LETTER.sub("-", folded).strip("-")


def scalar(value: object) -> object:
    """Let through what may stand in a list: no list, and nothing that holds others."""
    if isinstance(value, (list, tuple)):
        raise Refused("a list holds no lists")
    check_plain(value)
    return value


def look(value: object) -> object:
    """Let through what is about to be compared or cut; it is counted."""
    if isinstance(value, (list, tuple)):
        check_plain(value)
    return value


def joined(first: object, *others: object) -> str:
    """Join texts, and anything that can be written, as ~ does."""
    texts = [written(value) for value in (first, *others)]
    check_joined("", texts)
    return "".join(texts)


def counted(function: str | Filter, guard: Filter | None = None) -> Filter:
    """Make a filter whose work is counted, and which takes and gives plain values; `guard` refuses what would grow."""

    @pass_context
    def run(context: Context, value: Any, *args: Any, **kwargs: Any) -> object:
        work = work_of(context)
        for given in (value, *args, *kwargs.values()):
            work.look(given)
            check_plain(given)
        if guard is not None:
            guard(value, *args, **kwargs)
        if isinstance(function, str):
            result: object = _JINJA.call_filter(function, value, args, kwargs, context)
        else:
            result = function(value, *args, **kwargs)
        if isinstance(result, Iterator):
            result = list(result)
        if isinstance(result, Undefined):  # the first of none
            result = ABSENT
        check_plain(result)
        return work.made(result)

    return run


def watched(ask: Callable[[Context, Any, Sequence[Any], Mapping[str, Any]], object]) -> Filter:
    """Make a filter or test whose work is counted, whatever it is asked about."""

    @pass_context
    def run(context: Context, value: Any, *args: Any, **kwargs: Any) -> object:
        for given in (value, *args, *kwargs.values()):
            work_of(context).look(look(given))
        return ask(context, value, args, kwargs)

    return run


def _jinjas(name: str) -> Filter:
    return watched(lambda context, value, args, kwargs: _JINJA.call_filter(name, value, args, kwargs, context))


def _jinjas_test(name: str) -> Filter:
    return watched(lambda context, value, args, kwargs: _JINJA.call_test(name, value, args, kwargs, context))


@pass_context
def localize_date(context: Context, value: object, pattern: object = "medium", locale: object = None) -> object:
    """Write a date as a language does, or as that of the options does."""
    work = work_of(context)
    work.count(_COST_OF_A_LANGUAGE)
    return work.made(localized(value, pattern, locale or context.parent[LANGUAGE]))


@pass_context
def each(context: Context, values: Any, cost: int) -> object:
    """Go over values in a loop, each turn at its cost."""
    if isinstance(values, Undefined):
        return values
    return work_of(context).each(values, cost)


def _check_center(_value: object, width: int = 80) -> None:
    check_length(width)


def _check_replace(value: object, old: object, new: object, *_count: object, **_named: object) -> None:
    check_replaced(str(value), old, new)


def _check_join(value: object, d: object = "", *_more: object, **_named: object) -> None:
    check_joined(str(d), value)


def _check_round(_value: object, precision: int = 0, *_more: object, **_named: object) -> None:
    if abs(precision) > _MOST_DIGITS:
        raise Refused(f"round keeps at most {_MOST_DIGITS} digits")


def _format(pattern: object, *values: object) -> str:
    return percent(str(pattern), values)


_GUARDS: Mapping[str, Filter] = {"center": _check_center, "replace": _check_replace, "join": _check_join, "round": _check_round}

FILTERS: Mapping[str, Filter] = {
    **{name: counted(name, _GUARDS.get(name)) for name in _KEPT},
    **{name: _jinjas(name) for name in ("count", "d", "default", "length")},
    "format": counted(_format),
    "datetime": counted(strftime),
    "localize_date": localize_date,
    "slugify": counted(slugify),
    "get_cf_value": watched(lambda _context, fields, args, kwargs: get_cf_value(fields, *args, **kwargs)),
}
# Those that are put in when a template is read; their names can't be written.
HIDDEN: Mapping[str, Filter] = {
    "_each": each,
    "_look": watched(lambda _context, value, _args, _kwargs: value),
    "_scalar": scalar,
    "_joined": counted(joined),
}
TESTS: Mapping[str, Filter] = {
    **{name: _jinjas_test(name) for name in _TESTS},
    "none": watched(lambda _context, value, _args, _kwargs: absent(value)),
}
