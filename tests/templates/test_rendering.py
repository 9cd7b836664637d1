"""Templates say of documents what their writers mean."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from actors.templates.errors import TemplateError
from actors.templates.facts import TemplateFacts
from actors.templates.rendering import OPTIONS, TemplateOptions, render_path, render_text, render_title
from actors.templates.variables import NAMES
from tests.templates.documents import BARE, BILL

REMOVING = TemplateOptions(remove_none=True)


VARIABLES = [
    ("asn", "205", "none"),
    ("correspondent", "ACME/Co", "none"),
    ("document_type", "Invoice", "none"),
    ("storage_path", "By year", "none"),
    ("tag_list", "money,to do", "none"),
    ("tag_name_list", "money, to do", "none"),
    ("title", "Bill: May/June", "x"),
    ("doc_title", "Bill: May/June", "x"),
    ("created", "2024-01-05", "none"),
    ("created_year", "2024", "none"),
    ("created_year_short", "24", "none"),
    ("created_month", "01", "none"),
    ("created_month_name", "January", "none"),
    ("created_month_name_short", "Jan", "none"),
    ("created_day", "05", "none"),
    ("added", "2024-03-14", "2024-03-14"),
    ("added_year", "2024", "2024"),
    ("added_year_short", "24", "24"),
    ("added_month", "03", "03"),
    ("added_month_name", "March", "March"),
    ("added_month_name_short", "Mar", "Mar"),
    ("added_day", "14", "14"),
    ("added_time", "10:11", "00:00"),
    ("owner_username", "anna", "none"),
    ("original_name", "scan 1", "none"),
    ("original_filename", "scan 1", "none"),
    ("filename", "scan 1", "none"),
    ("doc_pk", "0000123", "0000007"),
    ("doc_id", "123", "7"),
    ("doc_url", "https://archive.example/documents/123", "none"),
]


@pytest.mark.parametrize(("name", "full", "bare"), VARIABLES)
def test_a_variable_says_what_a_document_has(name: str, full: str, bare: str) -> None:
    template = f"{{{{ {name} }}}}"
    assert (render_title(template, BILL, OPTIONS), render_title(template, BARE, OPTIONS)) == (full, bare)


def test_every_variable_is_tried() -> None:
    assert NAMES - {name for name, _, _ in VARIABLES} == {"custom_fields", "document"}


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("Number", "17"),
        ("Due date", "2024-02-01"),
        ("Read at", "2024-02-01T08:30:00+00:00"),
        ("Size", "Very large"),
        ("Colours", "Red, Blue"),
        ("Sum", "EUR12.30"),
        ("Paid", "True"),
        ("Place", "a/b"),
        ("With", "7, 8"),
        ("Other", "none"),
    ],
)
def test_a_custom_field_is_written_by_its_kind(field: str, written: str) -> None:
    template = f"{{{{ custom_fields | get_cf_value('{field}') }}}} {{{{ custom_fields['{field}'].value }}}}"
    assert render_title(template, BILL, OPTIONS) == f"{written} {written}"


BY_KIND = "{% if document.mime_type == 'application/pdf' %}\n  pdfs\n{% else %}\n  others\n{% endif %}\n/{{ doc_id }}"
BY_NUMBER = """
{% if document.archive_serial_number >= 0 and document.archive_serial_number <= 300 %}
  low
{% elif document.archive_serial_number > 300 %}
  high
  {% if asn == '301' %}
    /first
  {% endif %}
{% endif %}
/{{ title }}"""
FOUND = """
{% set ns = namespace(found=false) %}
{% for tag in tag_name_list if tag == 'money' %}
  {% set ns.found = true %}
{% endfor %}
{{ ns.found }}"""
PADDED = "{{ '%05d' % document.id }} {{ '{:0>4}'.format(asn) }} {{ '%s-%s'|format(asn, doc_pk) }}"
BLOCKS = "{% with day = created_day %}{{ day }}{% endwith %}{% set month %}-{{ created_month }}{% endset %}{{ month }}"
OF_A_KIND = "{% for name, field in custom_fields.items() if field.type == 'boolean' %}{{ name }}{% endfor %}/{{ doc_id }}"


@pytest.mark.parametrize(
    ("template", "full", "bare"),
    [
        ("{{ created_year }}/{{ correspondent }}/{{ title }}", "2024/ACME-Co/Bill- May-June", "none/none/x"),
        ("{created_year}/{correspondent}/{title}", "2024/ACME-Co/Bill- May-June", "none/none/x"),
        ("../../outside/{{ title }}", "outside/Bill- May-June", "outside/x"),
        (BY_KIND, "pdfs/123", "others/7"),
        (BY_NUMBER, "low/Bill- May-June", "x"),
        (FOUND, "True", "False"),
        (PADDED, "00123 0205 205-0000123", "00007 000none none-0000007"),
        (BLOCKS, "05-01", "none-none"),
        (OF_A_KIND, "Paid/123", "7"),
        ("{% if 'Number' in custom_fields %}n/{{ custom_fields.Number.value }}{% else %}n/a{% endif %}", "n/17", "n/a"),
        ("{{ custom_fields|get_cf_value('Due date', '2000-01-01')|datetime('%Y/%m') }}", "2024/02", "2000/01"),
        ("{{ custom_fields|get_cf_value('Due date', '2000-01-01')|replace('-', '') }}", "20240201", "20000101"),
        ("{{ title | slugify }}", "bill-may-june", "x"),
        ("{{ 'Größe Ñandú' | slugify }}-{{ '发票 1' | slugify }}", "grosse-nandu-1", "grosse-nandu-1"),
        ("{{ '发票' | slugify }}", "发票", "发票"),
        ("{{ document.created | localize_date('medium', 'fr_FR') }}", "5 janv. 2024", "none"),
        ("{{ document.created | localize_date('full', 'de') }}", "Freitag, 5. Januar 2024", "none"),
        ("{{ document.added | localize_date('d. MMMM y', 'pl-PL') }}", "14. marca 2024", "14. marca 2024"),
        ("{{ created | datetime('%B %d, %Y') }}", "January 05, 2024", "none"),
        ("{{ document.added.strftime('%H.%M') }}", "10.11", "00.00"),
        ("{{ tag_name_list|select('in', ['money', 'work'])|first }}", "money", "none"),
        ("{{ correspondent|default('Unknown', true) }}", "ACME-Co", "Unknown"),
        ("{{ correspondent or 'Unknown' }}", "ACME-Co", "Unknown"),
        ("{{ 'somebody' if correspondent else 'nobody' }}", "somebody", "nobody"),
        ("{{ 'nobody' if document.correspondent is none or not document.correspondent }}x", "x", "nobodyx"),
        ("{{ 'nobody' if correspondent == 'none' and correspondent is none and correspondent != 'a' }}x", "x", "nobodyx"),
        ("{{ {'01': 'Winter', '03': 'Spring'}[added_month] }}", "Spring", "Spring"),
        ("{{ title.split(' ')[0]|lower ~ '-' ~ asn }}", "bill--205", "x-none"),
        ("{{ (document.archive_serial_number // 100) * 100 }}", "200", "none"),
        ("{% if 'invoice' in document.content %}invoices{% else %}others{% endif %}", "invoices", "others"),
        ("{{ document.correspondent.name }}.{{ (document.added - document.added).days }}", "ACME-Co.0", "none.0"),
    ],
)
def test_a_path_is_what_its_template_says(template: str, full: str, bare: str) -> None:
    assert (render_path(template, BILL), render_path(template, BARE)) == (full, bare)


@pytest.mark.parametrize(
    "template",
    [
        "{% for tag in tag_name_list %}{{ tag|upper }}{% if not loop.last %}+{% endif %}{% endfor %}",
        "{{ tag_name_list|map('upper')|join('+') }}",
        "{{ '+'.join(tag_name_list).upper() }}",
    ],
)
def test_a_list_is_gone_over(template: str) -> None:
    assert render_path(template, BILL) == "MONEY+TO DO"
    with pytest.raises(TemplateError, match="the path is empty for this document"):
        render_path(template, BARE)


@pytest.mark.parametrize(
    ("template", "bare"),
    [
        ("{{ created_year }}/{{ correspondent }}/{{ title }}", "x"),
        ("{{ title }} {{ correspondent }} - {{ asn }}/{{ doc_id }}", "x -/7"),
        ("{{ doc_id }} {{ correspondent ~ asn }}", "7"),
        ("{{ doc_id }} {{ (correspondent + ' ')|trim|upper }}", "7"),
    ],
)
def test_what_is_absent_can_leave_nothing(template: str, bare: str) -> None:
    assert render_path(template, BARE, REMOVING) == bare


def test_a_title_is_one_line_of_what_was_said() -> None:
    assert render_title("{{ correspondent }}\n  {{ title }} {{ created }}", BILL) == "ACME/Co Bill: May/June 2024-01-05"
    assert render_title("{{ title }}", replace(BILL, title="é" * 600)) == "é" * 512
    with pytest.raises(TemplateError, match="the title is empty for this document"):
        render_title("{{ correspondent }}", BARE)


def test_a_text_keeps_its_lines_and_leaves_out_what_is_absent() -> None:
    assert render_text("\n{{ correspondent }}:\n{{ document.content }}\n", BILL) == "ACME/Co:\nAn invoice of ACME"
    assert (render_text("{{ asn }}", BILL), render_text("{{ asn }}", BARE)) == ("205", "")


def test_months_are_named_in_the_language_of_the_options() -> None:
    german = TemplateOptions(language="de")
    assert render_title("{{ created_month_name }} {{ created_month_name_short }}", BILL, german) == "Januar Jan"
    assert render_title("{{ document.created|localize_date('long') }}", BILL, german) == "5. Januar 2024"


def test_early_years_keep_their_digits() -> None:
    early = TemplateFacts(1, "x", datetime(987, 1, 1, tzinfo=UTC), created=date(33, 4, 3))
    assert render_title("{{ created_year }} {{ created_year_short }} {{ created }} {{ added_year }}", early) == "0033 33 0033-04-03 0987"
