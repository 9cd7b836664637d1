"""A year of a household: every value that a paper has been given is the one it should have, with its reason, and no other."""

from pathlib import Path

import pytest

from scriba.v1.assignments_pb2 import Aspect, Giver
from scriba.v1.documents_pb2 import DocumentState
from tests.end_to_end.person import Person
from tests.household.home import Home
from tests.household.papers import HALF, INBOX, INSURANCE, Paper, Told, year
from tests.running import running

SETTINGS = {
    "consumer_stability_delay": "0.3",
    "consumer_recursive": "true",
    "consumer_subdirs_as_tags": "true",
    "consumer_enable_asn_barcode": "true",
}
NEW = Told(Aspect.ASPECT_TAG, INBOX, Giver.GIVER_INBOX, "a new document")
FILED = Told(Aspect.ASPECT_TAG, f"without {INBOX}", Giver.GIVER_USER, "")
OF_THE_INSURANCE = Told(Aspect.ASPECT_CORRESPONDENT, INSURANCE, Giver.GIVER_USER, "")


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_every_paper_of_a_year_has_what_it_should_and_tells_why(tmp_path: Path) -> None:
    papers = year()
    first, second = [paper for paper in papers if paper.day < HALF], [paper for paper in papers if paper.day >= HALF]
    waiting = [paper for paper in first if is_policy(paper)][-1]
    filed = [paper for paper in first if paper is not waiting]
    with running(tmp_path / "data", **SETTINGS) as daemon, Person(daemon) as person:
        home = Home(person, tmp_path)
        home.set_up()
        home.hand_in(first)
        home.file_by_hand(filed)
        home.wait_until_learned(waiting)
        home.hand_in(second)
        documents = home.documents()
        assert len(documents) == len(papers) == 200
        assert [document.original_filename for document in documents.values() if document.state != DocumentState.DOCUMENT_STATE_READY] == []
        assert {name: list(document.warnings) for name, document in documents.items() if document.warnings} == {}
        found = {paper.name: home.told(documents[Path(paper.name).name]) for paper in papers}
    expected = {paper.name: sorted([*paper.told, *handled(paper, by_hand=paper in filed)]) for paper in papers}
    assert {name: told for name, told in found.items() if not same(told, expected[name])} == {}


def handled(paper: Paper, *, by_hand: bool) -> list[Told]:
    """Give what every paper gets, and what a person does with those of the first half of the year."""
    return [NEW, *([FILED] if by_hand else []), *([OF_THE_INSURANCE] if by_hand and is_policy(paper) else [])]


def is_policy(paper: Paper) -> bool:
    """Tell whether a paper is one of those that somebody has to file at first."""
    return paper.name.startswith("policy")


def same(found: list[Told], expected: list[Told]) -> bool:
    """Compare what was told; where a reason is not known beforehand, there must be one."""
    if found != expected:
        return False
    return all(one.why == other.why or (other.why is None and one.why) for one, other in zip(found, expected, strict=True))
