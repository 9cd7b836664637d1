"""Jinja, shut in: immutable, sandboxed, strict, with our own filters, tests, calls and operators and no others."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from actors.templates.absent import MARK
from actors.templates.calls import GLOBALS, call
from actors.templates.errors import TemplateError
from actors.templates.filters import FILTERS, HIDDEN, TESTS
from actors.templates.operations import operate
from actors.templates.syntax import LONGEST_TEMPLATE, bind, check
from actors.templates.variables import NAMES
from actors.templates.work import check_plain, named, work_of, written

_KEPT = 1024
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LONGEST_SHOWN = 60


@pass_context
def finalize(context: Context, value: object) -> str:
    """Write what stands between {{ and }}."""
    work = work_of(context)
    work.look(value)
    check_plain(value)
    text = written(value)
    work.made(text)
    return text


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Where templates are read and rendered."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self) -> None:
        super().__init__(trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, finalize=finalize, cache_size=0, optimized=False)
        self.filters = {**FILTERS, **HIDDEN}
        self.tests = dict(TESTS)
        self.globals = dict(GLOBALS)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Do an operation, and count it."""
        work = work_of(context)
        work.look(left)
        work.look(right)
        return work.made(operate(operator, left, right))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # kwargs may have any name
        """Call something, and count it."""
        for own in ("_loop_vars", "_block_vars"):  # Jinja adds them, for functions that want the context
            kwargs.pop(own, None)
        work = work_of(__context)
        for value in (getattr(__obj, "__self__", None), *args, *kwargs.values()):
            work.look(value)
        return work.made(call(__self, __obj, args, kwargs))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give what an object has by that name."""
        return self._there(super().getattr(obj, attribute), obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Give what a table or list has there."""
        return self._there(super().getitem(obj, argument), obj, argument)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Leave `format` as it is: what is called is looked at."""

    def _there(self, found: Any, obj: Any, name: object) -> Any:
        if isinstance(found, Undefined) and not isinstance(obj, Undefined):
            return self.undefined(f"there is no {written(name)[:40].replace(MARK, 'none')} in {named(obj)}")
        return found


ENVIRONMENT = TemplateEnvironment()


@lru_cache(maxsize=_KEPT)
def compiled(source: str) -> Template:
    """Read a template; TemplateError tells what is wrong."""
    if len(source) > LONGEST_TEMPLATE:
        raise TemplateError(f"the template has {len(source)} letters; {LONGEST_TEMPLATE} are allowed")
    try:
        tree = ENVIRONMENT.parse(source)
        check(tree, NAMES | GLOBALS.keys())
        code = ENVIRONMENT.compile(bind(tree), filename="<template>")
    except TemplateSyntaxError as error:
        raise TemplateError((error.message or "the template can't be read") + _shown(source), error.lineno) from error
    except (RecursionError, SyntaxError, MemoryError) as error:
        raise TemplateError("the template has too much inside one another") from error
    return Template.from_code(ENVIRONMENT, code, dict(GLOBALS))


def _shown(source: str) -> str:
    """Show the first placeholder that can't be read, since Jinja tells no more than the line, and most templates have but one."""
    for placeholder in _PLACEHOLDER.findall(source):
        try:
            ENVIRONMENT.parse(placeholder)
        except (TemplateSyntaxError, RecursionError):
            return f" in {placeholder[:_LONGEST_SHOWN]}"
    return ""
