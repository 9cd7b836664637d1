"""Formatted texts: `'%03d' % asn`, `'{:05}'.format(asn)`, with widths that no line is longer than."""

import re
from collections.abc import Mapping, Sequence

from jinja2.sandbox import SandboxedEnvironment, SandboxedFormatter

from actors.templates.work import Refused

# A width of four digits fills pages; `*` and `{:{}}` take it from a value.
_WIDE_PERCENT = re.compile(r"%[^A-Za-z%]*(\d{4}|\*)")
_WIDE_BRACES = re.compile(r"\{[^{}]*(\d{4}|\{)")


def percent(pattern: str, values: object) -> str:
    """Fill a pattern of `%` codes."""
    if _WIDE_PERCENT.search(pattern):
        raise Refused("a width in a format has at most three digits")
    return pattern % (tuple(values) if isinstance(values, list) else values)


def braces(environment: SandboxedEnvironment, pattern: str, args: Sequence[object], kwargs: Mapping[str, object]) -> str:
    """Fill a pattern of `{}`."""
    plain = pattern.replace("{{", "").replace("}}", "")
    if _WIDE_BRACES.search(plain):
        raise Refused("a width in a format has at most three digits, and no format stands in another")
    return SandboxedFormatter(environment).vformat(pattern, args, kwargs)
