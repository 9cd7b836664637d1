"""The page about reliability tells of every row, and of what was not tried, too."""

from datetime import UTC, datetime

from tests.docs.pages import inline_code
from tests.docs.reliability_page import PAGE
from tests.faults.report import table, written
from tests.faults.rows import ROWS


def test_every_row_stands_on_the_page_with_its_command() -> None:
    assert {f"make fault ROW={row} NIGHTLY=1" for row in ROWS} <= set(inline_code(PAGE))


def test_a_row_is_told_with_its_bound_and_one_that_was_not_run_without() -> None:
    lines = table({"F8": {"tried": 300, "failed": 0, "bound": 0.01}, "F9": {"tried": 4, "failed": 1, "bound": None}}).splitlines()
    cells = {line.split(" | ")[0].lstrip("| "): line.split(" | ")[2:6] for line in lines[2:]}
    assert cells["F8"] == ["300", "10,000", "0", "< 1.00%"]
    assert cells["F9"] == ["4", "20", "1", "–"]
    assert cells["F24"] == ["–", "50,000", "–", "–"]


def test_the_table_takes_the_place_of_the_former_one() -> None:
    page = "before\n<!-- soak -->\nold\n<!-- /soak -->\nafter\n"
    once = written(page, {}, datetime(2026, 11, 26, tzinfo=UTC))
    assert once.startswith("before\n")
    assert once.endswith("<!-- /soak -->\nafter\n")
    assert "old" not in once
    assert written(once, {}, datetime(2026, 11, 26, tzinfo=UTC)) == once
