"""What people write as templates of paths and titles."""

from dataclasses import replace
from pathlib import PurePosixPath

from actors.templates.errors import TemplateError
from actors.templates.paths import LONGEST_PATH
from actors.templates.rendering import LONGEST_TITLE, TemplateOptions, check_template, render_path, render_title
from tests.fuzz.target import Target, split, text
from tests.templates.documents import BARE, BILL

REMOVING = TemplateOptions(remove_none=True, language="de")
LONG = replace(BILL, content="lorem invoice " * 10_000)


def fuzz_template(data: bytes) -> None:
    """Any text is a template, or refused with its line; it is rendered, for any title, into a safe path and a title of one line."""
    written, titled = split(data, 2)
    template, usable = text(written), True
    try:
        check_template(template)
    except TemplateError as error:
        assert 0 <= error.line <= template.count("\n") + template.count("\r") + 1, error
        assert error.message, error
        usable = False
    for facts, options in ((replace(BARE, title=text(titled)), REMOVING), (BILL, TemplateOptions()), (LONG, REMOVING)):
        try:
            path = render_path(template, facts, options)
        except TemplateError as error:
            assert error.message, error
        else:
            assert usable
            assert not PurePosixPath(path).is_absolute()
            assert ".." not in PurePosixPath(path).parts
            assert 0 < len(path.encode()) <= LONGEST_PATH
        try:
            title = render_title(template, facts, options)
        except TemplateError as error:
            assert error.message, error
        else:
            assert usable
            assert title == " ".join(title.split())
            assert 0 < len(title) <= LONGEST_TITLE


TEMPLATES = (
    b"{{ created_year }}/{{ correspondent }}/{{ title }}\xff../a:b",
    b"{created_year}/{tag_list}\xff",
    b"{% if document.archive_serial_number >= 0 %}\n  low\n{% else %}\n  high\n{% endif %}\n/{{ title|slugify }}\xffx",
    b"{% for tag in tag_name_list if tag != 'a' %}{{ tag|upper }}{{ loop.index }}{% endfor %}\xff",
    b"{% set ns = namespace(a=1) %}{% set ns.a = ns.a * 2 %}{{ ns.a ~ asn }}{{ '%05d' % doc_id }}{{ '{:>9}'.format(asn) }}",
    b"{{ custom_fields|get_cf_value('Due date', '2024-01-01')|datetime('%Y') }}{{ custom_fields.Number.value + 1 }}",
    b"{{ document.created|localize_date('d. MMMM y', 'de_AT') }}{{ title[1:3].replace('a', 'b').center(9) }}",
    b"{{ [1, 'a', (2,)]|first }}{{ {'a': 1}['a'] }}{{ range(3)|map('string')|join('-') }}{{ 'a' if title in 'b' }}",
)
TARGETS = (Target(fuzz_template, TEMPLATES),)
