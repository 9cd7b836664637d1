"""What a template may call: methods of texts, tables and dates that give something as small as they take."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import BuiltinMethodType, MethodType

from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace

from actors.templates.dates import strftime
from actors.templates.formats import braces
from actors.templates.work import Refused, check_length, check_plain

LONGEST_RANGE = 1_000
_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        (
            *("capitalize", "casefold", "lower", "swapcase", "title", "upper"),
            *("isalnum", "isalpha", "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper"),
            *("count", "endswith", "find", "rfind", "startswith"),
            *("lstrip", "removeprefix", "removesuffix", "replace", "rstrip", "strip"),
            *("join", "partition", "rpartition", "rsplit", "split", "splitlines"),
            *("center", "format", "ljust", "rjust", "zfill"),
        )
    ),
    dict: frozenset({"get", "items", "keys", "values"}),
    datetime: frozenset({"date", "isoformat", "isoweekday", "strftime", "time", "weekday"}),
    date: frozenset({"isoformat", "isoweekday", "strftime", "weekday"}),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    LoopContext: frozenset({"changed", "cycle"}),
}
_WIDENING = frozenset({"center", "ljust", "rjust", "zfill"})

Args = Sequence[object]
Kwargs = Mapping[str, object]


def up_to(*bounds: object) -> list[int]:
    """Give the numbers of a range, of which there are not many."""
    numbers = range(*bounds)  # type: ignore[call-overload]  # range checks what it is given
    if len(numbers) > LONGEST_RANGE:
        raise Refused(f"a range has at most {LONGEST_RANGE} numbers")
    return list(numbers)


GLOBALS: Mapping[str, Callable[..., object]] = {"range": up_to, "namespace": Namespace}


def call(environment: SandboxedEnvironment, called: object, args: Args, kwargs: Kwargs) -> object:
    """Call what may be called."""
    if called in (up_to, Namespace):
        return called(*args, **kwargs)
    if not isinstance(called, (BuiltinMethodType, MethodType)):
        raise Refused("this can't be called")
    owner, name = called.__self__, called.__name__
    kind = next((kind for kind in _METHODS if isinstance(owner, kind)), None)
    if kind is None or name not in _METHODS[kind]:
        raise Refused(f"{name} can't be called")
    for value in (*args, *kwargs.values()):
        check_plain(value)
    if isinstance(owner, str):
        return _of_text(environment, owner, name, args, kwargs)
    if name == "strftime" and isinstance(owner, date):
        return strftime(owner, *args, **kwargs)
    return called(*args, **kwargs)


def _of_text(environment: SandboxedEnvironment, owner: str, name: str, args: Args, kwargs: Kwargs) -> object:
    if name == "format":
        return braces(environment, owner, args, kwargs)
    if name in _WIDENING and args and isinstance(args[0], int):
        check_length(args[0])
    if name == "replace" and len(args) > 1:
        check_replaced(owner, args[0], args[1])
    if name == "join" and args:
        check_joined(owner, args[0])
    return getattr(owner, name)(*args, **kwargs)


def check_replaced(text: str, old: object, new: object) -> None:
    """Refuse a replacement that makes a text too long."""
    if isinstance(old, str) and isinstance(new, str) and len(new) > len(old):
        check_length(len(text) + text.count(old) * (len(new) - len(old)))


def check_joined(separator: str, values: object) -> None:
    """Refuse to join texts, or letters, to one text that is too long."""
    if isinstance(values, (str, list, tuple)):
        check_length(sum(len(str(value)) for value in values) + len(separator) * len(values))
