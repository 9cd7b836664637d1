"""One decoder for each level, taken over, and a house around it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from actors.sandbox.level import SandboxLevel
from actors.sandbox.probe import found_here, run_confined
from tests.sandbox.house import Attacker, House, Victim, open_house


@pytest.fixture(scope="session")
def refusals() -> dict[SandboxLevel, str]:
    """Tell why levels do not work here."""
    levels = (SandboxLevel.BUBBLEWRAP, SandboxLevel.LANDLOCK)
    known = found_here()
    return {level: known.refusals.get(level) or ("" if level is known.level else run_confined(level)) for level in levels}


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=list(SandboxLevel))
async def attacker(request: pytest.FixtureRequest, refusals: dict[SandboxLevel, str]) -> AsyncIterator[Attacker]:
    """A decoder that was taken over, at each level that this machine has."""
    level: SandboxLevel = request.param
    if why := refusals.get(level):
        pytest.skip(f"{level} does not work here: {why}")
    made = Attacker(level)
    yield made
    await made.isolation.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house") / "data") as house:
        yield house


@pytest.fixture
def victim() -> Iterator[Victim]:
    made = Victim()
    yield made
    made.end()
