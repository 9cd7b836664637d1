"""Which documents a trigger's filters let pass, and what they say."""

from dataclasses import replace

import pytest

from actors.store.assignments.given import Standing
from actors.store.nouns.archive import SourceKind
from actors.store.nouns.catalog import Matching, MatchRule
from actors.store.nouns.workflows import LabelFilter, Trigger
from actors.workflow.filters import checks, glob_fits, path_fits
from actors.workflow.known import Known
from tests.workflow.making import ADDED, BANK, HOUSE, SHOP, TAX, TODO, document, filled, having, tools


def passed(trigger: Trigger, known: Known) -> dict[str, bool]:
    return {check.filter: check.passed for check in checks(trigger, known, known.standing, tools())}


def test_a_trigger_without_filters_asks_nothing() -> None:
    assert passed(Trigger(ADDED), document()) == {}


@pytest.mark.parametrize(("source", "fits"), [(SourceKind.FOLDER, True), (SourceKind.UPLOAD, False), (None, False)])
def test_the_door_is_one_of_those_asked_for(source: SourceKind | None, fits: bool) -> None:
    assert passed(Trigger(ADDED, sources=(SourceKind.FOLDER,)), document(source=source)) == {"source": fits}


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("/data/consume/tax/a.pdf", "*/tax/*", True),
        ("/data/consume/tax/a.pdf", "tax/*.PDF", True),
        ("/data/consume/syntax/a.pdf", "tax/*", False),
        ("/data/consume/a.pdf", "/data/*", True),
        ("", "tax/*", False),
        ("/data/Mu\u0308ll/a.pdf", "m\u00fcll/*", True),
        ("/data/[a]/b.pdf", "[[]a]/*", True),
    ],
)
def test_paths_fit_globs_as_a_whole_or_from_a_folder_on(path: str, pattern: str, fits: bool) -> None:
    assert path_fits(path, pattern) is fits


def test_file_names_fit_globs_capitals_aside() -> None:
    assert glob_fits("Scan_2024.PDF", "scan_????.pdf")
    assert not glob_fits("Scan_2024.PDF", "can*")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (LabelFilter(any_of=(TAX, HOUSE)), {"any tag": True}),
        (LabelFilter(any_of=(HOUSE,)), {"any tag": False}),
        (LabelFilter(all_of=(TAX, TODO)), {"all tags": True}),
        (LabelFilter(all_of=(TAX, HOUSE)), {"all tags": False}),
        (LabelFilter(none_of=(HOUSE,)), {"no tag": True}),
        (LabelFilter(none_of=(TAX,)), {"no tag": False}),
        (LabelFilter((TAX,), (TODO,), (HOUSE,)), {"any tag": True, "all tags": True, "no tag": True}),
    ],
)
def test_tags_are_asked_for_any_all_and_none(asked: LabelFilter, expected: dict[str, bool]) -> None:
    assert passed(Trigger(ADDED, tags=asked), document(standing=having(TAX, TODO))) == expected


@pytest.mark.parametrize(
    ("standing", "asked", "expected"),
    [
        (having(correspondent=BANK), LabelFilter(any_of=(BANK, SHOP)), {"any correspondent": True}),
        (having(correspondent=BANK), LabelFilter(none_of=(BANK,)), {"no correspondent": False}),
        (having(), LabelFilter(any_of=(BANK,)), {"any correspondent": False}),
        (having(), LabelFilter(none_of=(BANK,)), {"no correspondent": True}),
    ],
)
def test_the_correspondent_is_in_or_not_in_some(standing: Standing, asked: LabelFilter, expected: dict[str, bool]) -> None:
    assert passed(Trigger(ADDED, correspondents=asked), document(standing=standing)) == expected


def test_what_the_content_says_is_told_in_words() -> None:
    rule = MatchRule(Matching.ALL, "invoice total")
    (check,) = checks(Trigger(ADDED, content=rule), document("Invoice: total 5"), Standing(), tools())
    assert (check.passed, check.words) == (True, "the words 'invoice' and 'total'")
    (check,) = checks(Trigger(ADDED, content=rule), document("Invoice"), Standing(), tools())
    assert (check.passed, check.words) == (False, "not in the text")


def test_custom_fields_are_asked_by_a_query() -> None:
    trigger = Trigger(ADDED, fields='["AND", [["Total", "gt", 50], ["Status", "exact", "open"]]]')
    (check,) = checks(trigger, document(), filled(), tools())
    assert (check.passed, check.words) == (True, "what is asked of 'Total', 'Status' holds")
    (check,) = checks(trigger, document(), Standing(), tools())
    assert (check.passed, check.words) == (False, "what is asked of 'Total', 'Status' does not hold")


def test_a_query_of_a_field_that_is_gone_is_broken() -> None:
    (check,) = checks(Trigger(ADDED, fields='["Gone", "exists", true]'), document(), Standing(), tools())
    assert (check.passed, check.broken, check.words) == (False, True, "can't be asked: there is no custom field 'Gone'")


def test_a_part_fits_by_its_own_name_or_by_that_of_its_scan() -> None:
    part = replace(document(), filename="scan-1.pdf", came_as=("scan.pdf",))
    for pattern, fits in (("scan-1.pdf", True), ("scan.pdf", True), ("scan-2.pdf", False)):
        (check,) = checks(Trigger(ADDED, filename=pattern), part, Standing(), tools())
        assert (check.passed, check.words) == (fits, f"'scan-1.pdf' of 'scan.pdf', '{pattern}' is asked for")
