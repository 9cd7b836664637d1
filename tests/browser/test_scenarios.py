"""What people meet in a browser: each scenario of clients/web/e2e is a test here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.browser.letters import mailbox
from tests.browser.scenarios import E2E, EMPTY, JOURNEY, RUN_SECONDS, Outcome, Scenario, all_scenarios, run_file
from tests.browser.site import Site, built_late, empty, furnished, moved_in, some_papers

SCENARIOS = all_scenarios()
SITES = {EMPTY: "empty_site", JOURNEY: "journey_site"}
Runs = Callable[[Path], list[Outcome]]


@pytest.fixture(scope="module", autouse=True)
def _client_is_built() -> None:
    if late := built_late():
        pytest.fail(late)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with mailbox() as told, furnished(tmp_path_factory.mktemp("furnished") / "data", some_papers(9)) as site:
        yield replace(site, told={**site.told, **told})


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with empty(tmp_path_factory.mktemp("empty") / "data") as site:
        yield site


@pytest.fixture(scope="module")
def journey_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with moved_in(tmp_path_factory.mktemp("journey") / "data") as site:
        yield site


@pytest.fixture(scope="module")
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Run a file once, with those of its scenarios that were chosen for this session."""
    ended: dict[Path, list[Outcome]] = {}
    chosen = [item.callspec.params.get("scenario") for item in request.session.items if hasattr(item, "callspec")]

    def run(file: Path) -> list[Outcome]:
        if file not in ended:
            site = request.getfixturevalue(SITES.get(file.parent, "site"))
            names = [each.name for each in chosen if isinstance(each, Scenario) and each.file == file]
            # A name that is filled in there is known only there.
            wanted = [] if any("${" in name for name in names) else names
            ended[file] = run_file(file, site, tmp_path_factory.mktemp(file.stem), wanted)
        return ended[file]

    return run


@pytest.mark.timeout(RUN_SECONDS + 200)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=[f"{each.file.name.split('.')[0]}: {each.name}" for each in SCENARIOS])
def test_scenario(scenario: Scenario, runs: Runs) -> None:
    outcomes = [outcome for outcome in runs(scenario.file) if scenario.pattern.fullmatch(outcome.name)]
    assert outcomes, f"nothing was run under this name in {scenario.file.name}"
    failures = [outcome.words for outcome in outcomes if not outcome.passed]
    assert not failures, "\n\n".join(failures)


def test_every_file_of_scenarios_has_some() -> None:
    assert {each.file for each in SCENARIOS} == set(E2E.rglob("*.scenarios.ts"))
