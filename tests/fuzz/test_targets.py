"""Each fuzz target holds for its examples, for what once broke it, and for some hundred other bytes made of them.

The soak looks for more, guided by which lines each input reaches: test_campaign.py.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

EXAMPLES = 100
LONGEST_PIECE = 12


@pytest.mark.parametrize("name", TARGETS)
def test_the_property_holds_for_every_example(name: str) -> None:
    target = TARGETS[name]
    for data in (*target.seeds, *target.found):
        target.check(data)


@pytest.mark.parametrize("name", TARGETS)
def test_the_property_holds_for_other_bytes(name: str) -> None:
    target = TARGETS[name]

    @given(like(target))
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def holds(data: bytes) -> None:
        target.check(data)

    holds()


def like(target: Target) -> st.SearchStrategy[bytes]:
    """Make bytes of whole examples, of pieces of them, and of anything else."""
    examples = st.sampled_from([*target.seeds, *target.found])
    piece = st.builds(lambda example, at: example[at : at + LONGEST_PIECE], examples, st.integers(0, 60))
    return st.lists(st.one_of(examples, piece, st.binary(max_size=6), st.text(max_size=4).map(str.encode)), max_size=8).map(b"".join)
