"""No template goes on for ever, fills the memory, or gets out."""

import tracemalloc
from dataclasses import replace
from time import process_time

import pytest

from actors.templates.errors import TemplateError
from actors.templates.rendering import OPTIONS, render_title
from tests.templates.documents import BILL

LONG = replace(BILL, content="lorem invoice " * 70_000, tags=tuple(f"tag {number}" for number in range(500)))
LOOP = "{% for a in range(999) %}"
MOST_SECONDS = 2
MOST_BYTES = 100 << 20

HOSTILE = [
    "{% for i in range(10**9) %}x{% endfor %}",
    f"{LOOP}{LOOP}{LOOP}{{% endfor %}}{{% endfor %}}{{% endfor %}}",
    LOOP + "a" * 3_900 + "{% endfor %}",
    "{% set x %}" + LOOP + "a" * 3_800 + "{% endfor %}{% endset %}{{ x|length }}",
    LOOP + "{% if document.content == document.content ~ '' %}{% endif %}{% endfor %}",
    LOOP + "{% if 'zz' in document.content %}{% endif %}{% endfor %}",
    LOOP + "{% set x = document.content[a:] %}{% endfor %}",
    LOOP + "{{ document.content|string|length }}{% endfor %}",
    LOOP + "{{ created|localize_date('long') }}{% endfor %}",
    LOOP + "{{ document.content.count('zz') }}{% endfor %}",
    LOOP + "{{ document.content.split()|length }}{% endfor %}",
    LOOP + "{{ document.content|list|length }}{% endfor %}",
    LOOP + "{{ tag_name_list|sort|join|slugify }}{% endfor %}",
    LOOP + "{{ tag_name_list|map('upper')|select('in', tag_name_list)|list|length }}{% endfor %}",
    "{% for a in document.content %}{% for b in document.content %}{% endfor %}{% endfor %}",
    "{{ document.content }}" * 100,
    "{{ document.content|upper|lower }}" * 100,
    "{{ (document.content|slugify)[:1] }}" * 100,
    "{{ 'a' * 10**9 }}",
    "{{ 10**9 * 'a' }}",
    "{{ 'a'|center(1000000000) }}",
    "{{ 'a'.rjust(1000000000) }}",
    "{{ '%999999999d' % 1 }}",
    "{{ '%*d'|format(999999999, 1) }}",
    "{{ '%.*f' % (999999999, 1.5) }}",
    "{{ '{:>1000000000}'.format(1) }}",
    "{{ '{:{}}'.format(1, 1000000000) }}",
    "{{ '{{{:>1000000000}}}'.format(1) }}",
    "{{ 'a'.replace('', 'b' * 20000) }}",
    "{{ ('a' * 20000)|replace('a', 'bb') }}",
    "{{ ('a' * 20000).join('a' * 20000) }}",
    "{{ ('a' * 20000)|join('a' * 20000) }}",
    "{{ (['a', 'b'] * 10**9)|length }}",
    "{{ 2 ** 999999999 }}",
    "{{ 1.5|round(1000000000, 'floor') }}",
    "{{ ('f' * 9000)|int(base=16) }}",
    "{{ created|datetime('%1000000000d') }}",
    "{{ document.added.strftime('%1000000000d') }}",
    "{% set a = 'xxxxxxxx' %}" + "{% set a = a ~ a %}" * 150,
    "{% set a = 'xxxxxxxx' %}" + "{% set a = a + a %}" * 150,
    "{% set a = 'xxxxxxxx' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 100,
    "{% set a = 9 %}" + "{% set a = a * a %}" * 150,
    "{% set a = [1] %}" + "{% set a = [a, a] %}" * 150 + "{{ a }}",
    "{% set a = (1,) %}" + "{% set a = (a, a) %}" * 150 + "{{ a == 1 }}",
    "{% set a = {'b': 1} %}" + "{% set a = {'b': a, 'c': a} %}" * 100 + "{{ a }}",
    "{% set a = namespace(x=1) %}" + "{% set a = namespace(x=a, y=a) %}" * 90 + "{{ a }}",
    "{% set a = namespace() %}{% set a.a = a %}{{ a }}",
    "{% set a = namespace() %}{% set a.a = a %}{{ [a, a]|join }}",
    "{{ tag_name_list|map('map', 'map', 'map', 'list')|list }}",
    "{{ tag_name_list|map('_each', 1)|list }}",
]  # fmt: skip


@pytest.mark.parametrize("template", HOSTILE)
def test_a_hostile_template_is_refused_soon_and_in_little_memory(template: str) -> None:
    begun = process_time()
    with pytest.raises(TemplateError) as refused:
        render_title(template, LONG)
    assert process_time() - begun < MOST_SECONDS
    tracemalloc.start()
    with pytest.raises(TemplateError):
        render_title(template, LONG)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST_BYTES
    assert len(str(refused.value)) < 400


ESCAPES = [
    "{{ ''['__class__'] }}",
    "{{ ''['__class__']['__mro__'] }}",
    "{{ [''|string]|map(attribute='__class__')|first }}",
    "{{ ['']|sort(attribute='__class__')|map(attribute='__class__')|first }}",
    "{{ ['']|sum(attribute='__class__', start='') }}",
    "{{ '{0.__class__.__mro__}'.format(title) }}",
    "{{ '{0.__class__}'|format(title) }}{{ '%s'.__mod__(title) }}",
    "{{ range['__globals__'] }}",
    "{{ namespace['__init__'] }}",
    "{{ document['__class__'] }}",
    "{{ custom_fields['__class__'].value['__class__'] }}",
    "{{ title.format_map(custom_fields) }}",
    "{{ title.encode() }}",
    "{{ custom_fields.update(a=1) }}",
    "{{ custom_fields.clear() }}",
    "{{ document.added.fromtimestamp(0) }}",
    "{{ self['__init__'] }}",
    "{{ loop }}",
    "{{ lipsum() }}",
    "{{ cycler('a') }}",
    "{{ dict(a=1) }}",
    "{% for a in [1] %}{{ loop['__class__'] }}{% endfor %}",
    "{% for a in [1] %}{{ loop(a) }}{% endfor %}",
    "{{ namespace({'__self__': 'x', '__name__': 'lower'})() }}",
]


@pytest.mark.parametrize("template", ESCAPES)
def test_a_template_does_not_get_out(template: str) -> None:
    try:
        title = render_title(template, BILL, OPTIONS)
    except TemplateError:
        return
    assert title == "none"


def test_a_long_template_over_many_tags_and_a_long_text_is_within_bounds() -> None:
    template = (
        "{% if 'invoice' in document.content and 'lorem' in document.content %}{% for tag in tag_name_list %}"
        "{% if tag|lower|replace(' ', '-') == 'tag-499' %}{{ tag|upper }}{% endif %}{% endfor %}{% endif %}"
    )
    assert render_title(template, LONG) == "TAG 499"


def test_the_same_template_ends_at_the_same_place_each_time() -> None:
    template = LOOP + "{{ title|upper|lower|slugify }}{% if a == 700 %}{{ 1 // 0 }}{% endif %}{% endfor %}"
    said = set()
    for _ in range(3):
        with pytest.raises(TemplateError) as refused:
            render_title(template, LONG)
        said.add(str(refused.value))
    assert len(said) == 1
