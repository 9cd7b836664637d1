"""What is told of samples, and that a planned day is always the same."""

from dataclasses import replace

import pytest

from tests.docs.reliability_page import PAGE
from tests.load.day import NIGHT_REBUILD, NIGHT_RESTART, Act, plan
from tests.load.report import written
from tests.load.sampling import Sample, growth, slope, usual

BEGIN, END = "<!-- load -->", "<!-- /load -->"


def sample(seconds: float, mib: float) -> Sample:
    return Sample(seconds, seconds * 2, mib, descriptors=10, threads=3, processes=1, mib_by_kind={})


def test_a_slope_is_that_of_the_line_between_the_points() -> None:
    assert slope([(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]) == pytest.approx(2.0)
    assert slope([(0.0, 0.0), (1.0, 4.0), (2.0, 0.0), (3.0, 4.0)]) == pytest.approx(0.8)
    assert slope([(1.0, 5.0), (1.0, 9.0)]) == 0.0


def test_growth_is_seen_through_moments_that_need_more() -> None:
    steady = [sample(second, 100.0 + (50.0 if second == 5 else 0.0)) for second in range(11)]
    leaking = [sample(second, 100.0 + second) for second in range(11)]
    assert growth(steady, lambda each: each.mib) == pytest.approx(0.0)
    assert growth(leaking, lambda each: each.mib) == pytest.approx(10.0)
    assert growth(leaking, lambda each: each.mib, lambda each: each.work) == pytest.approx(10.0)
    assert growth(leaking[:1], lambda each: each.mib) == 0.0


def test_a_day_is_the_same_for_the_same_seed_and_ends_with_the_night() -> None:
    day = plan(1, 0.1)
    assert day == plan(1, 0.1)
    assert day != plan(2, 0.1)
    assert {each.act for each in day} == set(Act)
    assert [each.hour for each in day if each.act in (Act.RESTART, Act.REBUILD)] == [NIGHT_RESTART, NIGHT_REBUILD]
    assert day[-1].act is Act.REBUILD
    assert all(0.0 <= each.share < 1.0 for each in day)


def test_the_page_shows_what_was_measured_and_a_dash_for_what_was_not() -> None:
    page = written(f"before\n{BEGIN}\nold\n{END}\nafter", {"clients": {"clients": 200.0, "people": {"search": {"p50_ms": 12.4}}}})
    assert page.startswith(f"before\n{BEGIN}\n| | |")
    assert page.endswith(f"{END}\nafter")
    assert "old" not in page
    assert "| clients | 200 |" in page
    assert "| a search of theirs, half · 99 of 100 | 12 · – ms |" in page
    assert "| a day in | – minutes, – documents kept |" in page


def test_the_page_about_reliability_has_its_place_for_load() -> None:
    page = PAGE.read_text()
    assert written(page, {}).split(BEGIN)[0] == page.split(BEGIN)[0]


def test_moments_with_a_process_more_than_usual_are_left_out() -> None:
    some = [sample(second, 100.0) for second in range(4)]
    learning = replace(sample(4.0, 400.0), processes=2)
    assert usual([*some, learning]) == some
