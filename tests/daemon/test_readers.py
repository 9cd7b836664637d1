"""Which machines are given pages, and which reader gets which page."""

from collections.abc import Mapping
from datetime import UTC, datetime

from actors.ocr.page_reader import PageReaderState
from actors.pipeline.ports import PageInHand
from actors.runtime.machines import NodeInfo
from actors.runtime.pool import Member
from actors.sandbox.level import SandboxLevel
from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.nodes import JoinedNode, NodeId
from daemon.cast.readers import right_for
from daemon.cast.roster import Roster, standing

NOW = datetime(2026, 11, 28, tzinfo=UTC)
PAGE = PageInHand(DocumentId(1), 1, NOW, frozenset({"deu", "eng"}))


def machine(name: str, *, head: bool = False, number: str = "") -> NodeInfo:
    return NodeInfo(name, name, head, alive=True, cores=2, memory_bytes=8, number=number)


def reader(name: str, on: NodeInfo, *pages: PageInHand) -> Member:
    return Member(name, on, True, pages, 0, lambda _: 0)


def telling(models: Mapping[str, str]) -> dict[str, PageReaderState]:
    return {name: PageReaderState(SandboxLevel.NONE, models=frozenset(words.split())) for name, words in models.items()}


HEAD, LAPTOP, SERVER = machine("head", head=True), machine("laptop", number="1"), machine("server", number="2")


def names(page: PageInHand, members: list[Member], models: Mapping[str, str]) -> list[str]:
    return [member.name for member in right_for(page, members, telling(models))]


def test_a_page_goes_only_to_readers_that_have_its_languages() -> None:
    members = [reader("h", HEAD), reader("l", LAPTOP), reader("s", SERVER)]
    assert names(PAGE, members, {"h": "deu eng", "l": "eng", "s": "deu eng fra"}) == ["h", "s"]


def test_a_language_that_nobody_has_keeps_nobody_from_reading() -> None:
    members = [reader("h", HEAD), reader("l", LAPTOP)]
    assert names(PAGE, members, {"h": "eng", "l": "eng"}) == ["h", "l"]


def test_a_machine_that_has_not_told_what_it_has_waits_while_the_head_does_not() -> None:
    assert names(PAGE, [reader("h", HEAD), reader("l", LAPTOP)], {}) == ["h"]


def test_a_page_that_somebody_has_goes_to_another_machine_first_and_else_to_another_reader_there() -> None:
    told = {"l1": "deu eng", "l2": "deu eng", "h": "deu eng"}
    holding, free = reader("l1", LAPTOP, PAGE), reader("l2", LAPTOP)
    assert names(PAGE, [holding, free, reader("h", HEAD)], told) == ["h"]
    assert names(PAGE, [holding, free], told) == ["l2"]
    assert names(PAGE, [holding], told) == []


def test_a_page_for_the_head_goes_there() -> None:
    at_home = PageInHand(DocumentId(1), 1, NOW, frozenset({"eng"}), at_home=True)
    assert names(at_home, [reader("h", HEAD), reader("l", LAPTOP)], {"h": "eng", "l": "eng"}) == ["h"]


def joined(number: int, *, resting: bool = False, leaving: bool = False) -> JoinedNode:
    return JoinedNode(NodeId(number), "x", resting, leaving, NOW, NOW)


def test_machines_that_rest_or_leave_are_given_nothing_and_those_removed_are_gone() -> None:
    machines = [HEAD, LAPTOP, SERVER, machine("old", number="3"), machine("foreign")]
    stand = standing(machines, [joined(1, resting=True), joined(2, leaving=True)])
    assert [(one.hostname, one.alive, one.resting) for one in stand] == [
        ("head", True, False),
        ("laptop", True, True),
        ("server", True, True),
        ("old", False, False),
        ("foreign", True, False),
    ]


def test_while_the_database_is_away_machines_stand_as_it_said_last() -> None:
    said: list[list[JoinedNode] | None] = [[joined(1, resting=True)], None]

    def read() -> list[JoinedNode]:
        answer = said.pop(0)
        if answer is None:
            raise StoreUnavailable("the database cannot be used")
        return answer

    roster = Roster(read, lambda: [LAPTOP])
    assert [(one.alive, one.resting) for one in roster.standing()] == [(True, True)]
    assert [(one.alive, one.resting) for one in roster.standing()] == [(True, True)]
