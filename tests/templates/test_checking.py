"""A template that is wrong is refused with its line and with words that help."""

from copy import copy

import pytest

from actors.templates.errors import TemplateError
from actors.templates.rendering import TemplateOptions, check_template, render_path
from tests.templates.documents import BARE, BILL


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (" ", "the template is empty"),
        ("{{ self }}", "line 1: there is no variable self"),
        ("{{ loop }}", "line 1: there is no variable loop"),
        ("{{ creatd }}", "line 1: there is no variable creatd; is created meant?"),
        ("a\n{{ qwertz }}", "line 2: there is no variable qwertz"),
        ("{creatd}", "line 1: there is no variable creatd; is created meant?"),
        ("a\n\n{{ title | upcase }}", "line 3: No filter named 'upcase'."),
        ("{{ title is upper2 }}", "line 1: No test named 'upper2'."),
        ("{% if title %}", "line 1: Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. "
         "The innermost block that needs to be closed is 'if'."),
        ("{{ 1 + }}", "line 1: unexpected 'end of print statement' in {{ 1 + }}"),
        ("{{ title }}/{{ 1 'a' }}/{{ x y }}",
         "line 1: expected token 'end of print statement', got 'string' in {{ 1 'a' }}"),
        ("{% include 'x' %}", "line 1: include can't be used in a template"),
        ("\n{% macro a() %}{% endmacro %}", "line 2: macro can't be used in a template"),
        ("{% for a in title recursive %}{% endfor %}", "line 1: for can't be used in a template"),
        ("{% set _a = 1 %}", "line 1: names that begin with _ can't be used: _a"),
        ("{{ title.__class__ }}", "line 1: names that begin with _ can't be used: __class__"),
        ("{{ title | _each(1) }}", "line 1: names that begin with _ can't be used: _each"),
        ("{{ title is _a }}", "line 1: names that begin with _ can't be used: _a"),
        ("{% set ns._a = 1 %}", "line 1: names that begin with _ can't be used: _a"),
        ("{{ namespace(_a=1) }}", "line 1: names that begin with _ can't be used: _a"),
        ("x" * 4001, "the template has 4001 letters; 4000 are allowed"),
        ("{{ " + "(" * 1500 + "1" + ")" * 1500 + " }}", "the template has too much inside one another"),
        ("{% for a in title %}" * 60 + "{% endfor %}" * 60, "the template has too much inside one another"),
    ],
)  # fmt: skip
def test_a_template_that_no_document_can_have_is_refused(template: str, words: str) -> None:
    with pytest.raises(TemplateError) as refused:
        check_template(template)
    assert str(refused.value) == words
    assert str(copy(refused.value)) == words
    with pytest.raises(TemplateError):
        render_path(template, BILL)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("a\n\n{{ document.author }}", "line 3: there is no author in document"),
        ("{% if false %}{% set a = 1 %}{% endif %}\n{{ a }}", "line 2: 'a' is undefined"),
        ("{{ none[1:] or 1 }}", "line 1: this can't be done: 'NoneType' object is not subscriptable"),
        ("{{ document }}", "line 1: document is no text, number or date: name one of its values"),
        ("{{ custom_fields.Number }}", "line 1: a custom field is no text, number or date: name one of its values"),
        ("{{ custom_fields.items() }}", "line 1: a list of names and values is no text, number or date: name one of its values"),
        ("{{ title.lower }}", "line 1: something to call, with () behind it, is no text, number or date: name one of its values"),
        ("\n{{ title + 1 }}", "line 2: a text and a number can't be put together by +; ~ joins texts with anything"),
        ("{{ tag_name_list + tag_name_list }}", "line 1: a list and a list can't be put together by +; ~ joins texts with anything"),
        ("{{ title - added }}", "line 1: a text and a text can't be put together by -"),
        ("{{ document / document.added }}", "line 1: a value and a date can't be put together by /"),
        ("{{ title|datetime('%Y') }}", "line 1: 'Bill- May-June' is no date such as 2024-01-31"),
        ("{{ 5|datetime('%Y') }}", "line 1: a date is wanted, or a text such as '2024-01-31'"),
        ("{{ created|datetime('%Q1') }}", None),
        ("{{ created|datetime('%100d') }}", "line 1: datetime wants codes such as '%Y-%m-%d', at most 100 letters"),
        ("{{ created|localize_date('medium', 'xx_XX') }}", "line 1: there is no language 'xx_XX'; write it as in 'de' or 'de_AT'"),
        ("{{ created|localize_date('medium', '../de') }}", "line 1: there is no language '../de'; write it as in 'de' or 'de_AT'"),
        ("{{ created|localize_date('HH:mm', 'de') }}", "line 1: localize_date can't write by the pattern 'HH:mm'"),
        (
            "{{ created|localize_date(7, 'de') }}",
            "line 1: localize_date wants one of full, long, medium, short, or a pattern such as 'd. MMMM y'",
        ),
        ("{{ title|get_cf_value('a') }}", "line 1: get_cf_value is asked of custom_fields"),
        ("{{ 1 // 0 }}", "line 1: this can't be done: integer division or modulo by zero"),
        ("{{ title() }}", "line 1: this can't be called"),
        ("{{ document.added.replace(year=1) }}", "line 1: replace can't be called"),
        ("{{ title['__class__'] }}", "line 1: there is no __class__ in a text"),
        ("{{ '{0.__class__}'.format(title) }}", "line 1: there is no __class__ in a text"),
        ("{{ {'01': 'Winter'}[added_month] }}", "line 1: there is no 03 in a table"),
    ],
)
def test_a_template_that_fails_for_a_document_says_where(template: str, words: str | None) -> None:
    check_template(template)
    if words is None:
        assert render_path(template, BILL)
        return
    with pytest.raises(TemplateError) as refused:
        render_path(template, BILL)
    assert str(refused.value) == words


def test_a_language_that_is_none_is_told() -> None:
    with pytest.raises(TemplateError, match="there is no language 'klingon'"):
        render_path("{{ title }}", BARE, TemplateOptions(language="klingon"))
