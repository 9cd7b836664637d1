"""The machines by the command, before the real servicers."""

import io
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from actors.identity.tokens import digest, new_token
from actors.store.nouns.nodes import JoinedNode
from scriba.v1.admin_pb2 import Node, NodeState
from scriba_cli.nodes import state_word
from scriba_cli.wording import moment
from tests.clients.telling import Capture, told
from tests.clients.terminal import run_in_terminal
from tests.node.heads import StandingHead, standing_head
from tests.service.house import TOKEN, House


@pytest.fixture
def head(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandingHead]:
    """Be the administrator of an archive that machines may join."""
    with standing_head(tmp_path / "head", tls=False) as head:
        monkeypatch.setenv("SCRIBA_SERVER", head.server)
        monkeypatch.setenv("SCRIBA_TOKEN", TOKEN)
        yield head


def let_in(head: StandingHead, *hostnames: str) -> list[JoinedNode]:
    nodes, now = head.house.store.nodes, datetime.now(UTC)
    for at, hostname in enumerate(hostnames):
        secret = digest(f"{at}")
        nodes.offer(secret, now + timedelta(minutes=1), now)
        nodes.join(secret, hostname, digest(new_token()), now)
    return list(nodes.list())


def resting(head: StandingHead) -> list[str]:
    return [node.hostname for node in head.house.store.nodes.list() if node.resting]


def test_adding_shows_the_line_to_type_there_and_nothing_beside_it(head: StandingHead, capsys: Capture) -> None:
    (line,), said = told(capsys, "nodes", "add", "--minutes", "5")
    assert line.startswith(f"scribad join {head.server} --code ")
    assert said.startswith("On the other machine, until ")
    asked = json.loads("".join(told(capsys, "nodes", "add", "--json")[0]))
    assert asked["command"].endswith(asked["code"])


def test_machines_that_work_and_those_that_are_away_fit_in_80_columns(head: StandingHead) -> None:
    laptop, _ = let_in(head, "laptop", "the-old-desk-in-the-cellar.household.example")
    head.show(laptop)
    shown = run_in_terminal(["nodes"], os.environ)
    assert max(map(len, shown.lines)) <= 80
    rows = [line.split() for line in shown.lines]
    assert ["head", "head.example", "working", "landlock", "2", "8.0", "kB", "0", "1"] in rows
    assert ["1", "laptop", "working", "?", "4", "8.0", "GB", "0", "0"] in rows
    (away,) = [row for row in rows if row[0] == "2"]
    assert "away since" in " ".join(away)


def test_a_machine_is_away_since_a_time_today_and_since_a_day_before() -> None:
    node = Node(state=NodeState.NODE_STATE_AWAY)
    node.last_seen_time.FromDatetime(datetime(2026, 11, 27, 12, tzinfo=UTC))
    day, _, time = moment(node.last_seen_time).partition(" ")
    assert state_word(node, day) == f"away since {time}"
    assert state_word(node, "2026-12-24") == f"away since {day}"


def test_machines_rest_work_again_and_are_forgotten(head: StandingHead, capsys: Capture) -> None:
    let_in(head, "laptop", "desk")
    assert told(capsys, "nodes", "drain", "laptop", "2")[1] == "laptop is sent no more pages\ndesk is sent no more pages\n"
    assert resting(head) == ["desk", "laptop"]
    assert told(capsys, "nodes", "resume", "laptop")[1] == "laptop is sent pages again\n"
    assert resting(head) == ["desk"]
    assert told(capsys, "nodes", "drain", "laptop", "--json") == (["{}"], "")
    assert told(capsys, "nodes", "remove", "desk", "--yes")[1] == "desk is forgotten\n"
    assert head.joined == ["laptop"]


def test_removing_asks_first(head: StandingHead, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    let_in(head, "laptop")
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    told(capsys, "nodes", "remove", "laptop", code=1)
    assert head.joined == ["laptop"]


def test_what_cannot_be_is_said_and_the_rest_is_done(head: StandingHead, capsys: Capture) -> None:
    let_in(head, "laptop", "twin", "twin")
    _, said = told(capsys, "nodes", "drain", "twin", "nobody", "head", "laptop", code=5)
    assert said.splitlines() == [
        "twin: 2 machines are called twin: give an id, as `scriba nodes` shows it",
        "nobody: there is no machine nobody: see `scriba nodes`",
        "head: the head runs the archive: it neither rests nor leaves",
        "laptop is sent no more pages",
    ]
    assert resting(head) == ["laptop"]


def test_an_archive_that_no_machine_may_join_says_how_to_open_it(house: House, capsys: Capture) -> None:
    assert "--cluster" in told(capsys, "nodes", "add", code=1)[1]
