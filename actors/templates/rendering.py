"""Paths, titles and other texts from templates."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from jinja2 import Template, TemplateRuntimeError

from actors.templates.absent import MARK
from actors.templates.dates import DEFAULT_LANGUAGE
from actors.templates.environment import compiled
from actors.templates.errors import TemplateError
from actors.templates.facts import TemplateFacts
from actors.templates.paths import clean_path, clean_value
from actors.templates.variables import variables
from actors.templates.work import KEY, LANGUAGE, LONGEST_OUTPUT, Refused, Work

LONGEST_TITLE = 512
_OLD_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ABSENT = re.compile(f" *{MARK}")


@dataclass(frozen=True, slots=True)
class TemplateOptions:
    """How templates write: with `remove_none`, what is absent leaves nothing, and no space before it, instead of `none`.

    `language` is that of the names of months, and what `localize_date` writes in when it is not told.
    """

    remove_none: bool = False
    language: str = DEFAULT_LANGUAGE


OPTIONS = TemplateOptions()
# A title or a value that lacks a part says nothing of it; a path says `none`, so that a file has its folder.
LEAVING_OUT = TemplateOptions(remove_none=True)


def check_template(template: str) -> None:
    """Raise TemplateError for a template that can be rendered for no document."""
    if not template.strip():
        raise TemplateError("the template is empty")
    compiled(modern(template))


def render_path(template: str, facts: TemplateFacts, options: TemplateOptions = OPTIONS) -> str:
    """Give a document's path below the archive's folder, with / between its parts and without the file's suffix, or raise TemplateError."""
    return clean_path(_render(template, facts, options, clean_value))


def render_title(template: str, facts: TemplateFacts, options: TemplateOptions = LEAVING_OUT) -> str:
    """Give a document's title, on one line, or raise TemplateError."""
    title = " ".join(_render(template, facts, options, str).split())[:LONGEST_TITLE].rstrip()
    if not title:
        raise TemplateError("the title is empty for this document")
    return title


def render_text(template: str, facts: TemplateFacts, options: TemplateOptions = LEAVING_OUT) -> str:
    """Give a text, of several lines if so written, or raise TemplateError; '' is nothing."""
    return _render(template, facts, options, str).strip()


def modern(template: str) -> str:
    """Write placeholders as templates have them: `{title}`, as they once were, is `{{ title }}`."""
    if "{{" in template or "{%" in template:
        return template
    return _OLD_PLACEHOLDER.sub(r"{{ \1 }}", template)


def _render(template: str, facts: TemplateFacts, options: TemplateOptions, clean: Callable[[str], str]) -> str:
    source = compiled(modern(template))
    pieces, length = [], 0
    try:
        context = source.new_context({**variables(facts, clean, options.language), KEY: Work(), LANGUAGE: options.language})
        for piece in source.root_render_func(context):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST_OUTPUT:
                raise Refused(f"the template writes more than {LONGEST_OUTPUT} letters")
    except Exception as error:  # a template may bring about whatever its filters and values bring about
        raise TemplateError(_words(error), _line(source, error.__traceback__)) from error
    text = "".join(pieces)
    return _ABSENT.sub("", text) if options.remove_none else text.replace(MARK, "none")


def _words(error: Exception) -> str:
    if isinstance(error, (Refused, TemplateRuntimeError)):
        return str(error)
    return f"this can't be done: {error}"[:300]


def _line(source: Template, trace: TracebackType | None) -> int:
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = source.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line
