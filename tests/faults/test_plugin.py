"""The counter of trials counts what was made, and a test that makes fewer than it says does not pass."""

import json

import pytest

pytest_plugins = ["pytester"]

HEAD = """
import pytest

@pytest.mark.fault("F8", each=3, nightly=30)
def test_of_a_fault(trials):
    for _ in range({made}):
        trials.tried()
"""


def run(pytester: pytest.Pytester, made: str, *options: str) -> pytest.RunResult:
    """Run one fault test that makes so many trials, apart from this session."""
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    pytester.makepyfile(HEAD.format(made=made))
    return pytester.runpytest_inprocess("-p", "tests.faults.plugin", "--faults-to", "faults.json", *options)


def test_the_trials_of_a_row_are_told_with_their_bound(pytester: pytest.Pytester) -> None:
    run(pytester, "trials.count").assert_outcomes(passed=1)
    found = json.loads((pytester.path / "faults.json").read_text())["F8"]
    assert (found["asked"], found["tried"], found["failed"], found["bound"]) == (3, 3, 0, 1.0)


def test_a_test_that_makes_fewer_trials_than_asked_fails(pytester: pytest.Pytester) -> None:
    run(pytester, "2").assert_outcomes(passed=1, errors=1)
    found = json.loads((pytester.path / "faults.json").read_text())["F8"]
    assert (found["tried"], found["failed"], found["bound"]) == (2, 1, None)


@pytest.mark.parametrize(
    ("options", "count"), [(["--nightly"], 30), (["--nightly", "--share", "5"], 6), (["--nightly", "--share", "99"], 3)]
)
def test_a_soak_makes_more_trials_or_a_share_of_them(pytester: pytest.Pytester, options: list[str], count: int) -> None:
    run(pytester, "trials.count", *options)
    assert json.loads((pytester.path / "faults.json").read_text())["F8"]["tried"] == count


def test_what_is_known_of_other_rows_is_kept(pytester: pytest.Pytester) -> None:
    (pytester.path / "faults.json").write_text('{"F9": {"tried": 20}}')
    run(pytester, "trials.count")
    found = json.loads((pytester.path / "faults.json").read_text())
    assert (found["F9"]["tried"], found["F8"]["tried"]) == (20, 3)


def test_a_row_is_run_alone(pytester: pytest.Pytester) -> None:
    run(pytester, "trials.count", "--row", "F9").assert_outcomes(deselected=1)
