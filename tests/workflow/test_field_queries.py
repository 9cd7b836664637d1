"""What can be asked of custom fields, and what is refused."""

import pytest

from actors.store.nouns.assignments import Aspect
from actors.store.nouns.catalog import FieldId
from actors.workflow.field_queries import FieldQueryRefused, holds, parse, written
from tests.workflow.making import FIELDS, filled

VALUES = {FieldId(place.subject): value for place, value in filled().values.items() if place.aspect is Aspect.FIELD}


def asked(text: str) -> bool:
    return holds(parse(text, FIELDS), VALUES, FIELDS)


@pytest.mark.parametrize(
    "query",
    [
        '["Number", "exact", "RE-7"]',
        '[1, "icontains", "e-"]',
        '["number", "istartswith", "re"]',
        '["Number", "iendswith", "7"]',
        '["Number", "in", ["RE-6", "RE-7"]]',
        '["Total", "gt", 99]',
        '["Total", "gte", 99.5]',
        '["Total", "exact", "EUR99.50"]',
        '["Total", "range", [90, 100]]',
        '["Due", "lt", "2024-05-02"]',
        '["Due", "lte", "2024-05-01"]',
        '["Status", "exact", "open"]',
        '["Status", "in", ["1", "paid"]]',
        '["Paid", "exact", false]',
        '["Paid", "exists", true]',
        '["Paid", "isnull", false]',
        '["NOT", ["Status", "exact", "paid"]]',
        '["OR", [["Paid", "exact", true], ["AND", [["Total", "gt", 5], ["Due", "exists", true]]]]]',
    ],
)
def test_what_holds(query: str) -> None:
    assert asked(query)
    assert not asked(f'["NOT", {query}]')
    assert holds(parse(written(parse(query, FIELDS)), FIELDS), VALUES, FIELDS)


def test_a_field_without_a_value_fulfils_no_comparison() -> None:
    for query in ('["Total", "lt", 5]', '["Number", "icontains", ""]', '["Status", "in", ["open"]]', '["Paid", "exists", true]'):
        assert not holds(parse(query, FIELDS), {}, FIELDS)
    assert holds(parse('["Paid", "isnull", true]', FIELDS), {}, FIELDS)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "must be JSON"),
        ("[" * 3000, "must be JSON"),
        ("{}", "{} is neither a question"),
        ('["AND", []]', "is neither a question"),
        ('["Nothing", "exact", 1]', "there is no custom field 'Nothing'"),
        ('["Total", "like", 1]', "there is no operator 'like'; there are exact, in, isnull"),
        ('["Paid", "gt", true]', "gt can't be asked of the field 'Paid', which holds boolean"),
        ('["Total", "icontains", "9"]', "icontains can't be asked of the field 'Total', which holds money"),
        ('["Total", "range", [1]]', "range takes a list of two values"),
        ('["Total", "gt", "much"]', "'much' is no value of the field 'Total' (money)"),
        ('["Total", "gt", NaN]', "'nan' is no value of the field 'Total' (money)"),
        ('["Due", "gt", "soon"]', "'soon' is no value of the field 'Due' (date)"),
        ('["Status", "exact", "lost"]', "'lost' is no value of the field 'Status' (choice)"),
        ('["Paid", "exists", 1]', "exists takes true or false"),
        ('["AND", [' + ", ".join(['["Paid", "exists", true]'] * 21) + "]]", "more than 20 questions"),
        ('["NOT", ' * 10 + '["Paid", "exists", true]' + "]" * 10, "more than 10 levels"),
    ],
)
def test_what_is_refused_says_why(query: str, words: str) -> None:
    with pytest.raises(FieldQueryRefused) as refused:
        parse(query, FIELDS)
    assert words in str(refused.value)


def test_a_query_is_kept_by_the_ids_of_its_fields() -> None:
    assert written(parse('["NOT", ["AND", [["due", "exists", true], [2, "gt", 5]]]]', FIELDS)) == (
        '["NOT", ["AND", [[3, "exists", true], [2, "gt", 5]]]]'
    )
