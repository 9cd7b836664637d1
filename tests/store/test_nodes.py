"""Machines that join by a code, once, and are known by their key from then on."""

from datetime import UTC, datetime, timedelta

import pytest

from actors.store.nodes.errors import JoinCodeUsedUp, NodeNotFound, NodeUnknown
from actors.store.nouns.nodes import JoinedNode, NodeId
from actors.store.store import Store

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=15)


def joined(store: Store, hostname: str = "laptop") -> JoinedNode:
    store.nodes.offer(f"code of {hostname}", SOON, NOW)
    return store.nodes.join(f"code of {hostname}", hostname, f"key of {hostname}", NOW)


def test_a_machine_that_joined_is_known_by_its_key(store: Store) -> None:
    node = joined(store)
    assert node == JoinedNode(node.id, "laptop", resting=False, leaving=False, join_time=NOW, seen_time=NOW)
    assert store.nodes.find("key of laptop") == node
    assert list(store.nodes.list()) == [node]


@pytest.mark.parametrize(("code", "when"), [("code", SOON), ("another", NOW), ("used", NOW)])
def test_a_code_that_was_used_or_has_ended_or_is_none_lets_nobody_in(store: Store, code: str, when: datetime) -> None:
    for offered in ("code", "used"):
        store.nodes.offer(offered, SOON, NOW)
    store.nodes.join("used", "first", "key of first", NOW)
    with pytest.raises(JoinCodeUsedUp):
        store.nodes.join(code, "second", "key of second", when)
    assert [node.hostname for node in store.nodes.list()] == ["first"]


def test_what_is_heard_of_a_machine_is_noted_with_its_present_name(store: Store) -> None:
    node = joined(store)
    store.nodes.seen(node.id, "renamed", SOON, leaving=True)
    seen = store.nodes.find("key of laptop")
    assert (seen.hostname, seen.seen_time, seen.join_time, seen.leaving) == ("renamed", SOON, NOW, True)


def test_a_machine_rests_until_it_is_told_to_work_again(store: Store) -> None:
    node = joined(store)
    store.nodes.rest(node.id, resting=True)
    assert store.nodes.find("key of laptop").resting
    store.nodes.rest(node.id, resting=False)
    assert not store.nodes.find("key of laptop").resting


def test_a_machine_that_was_removed_is_unknown_and_another_keeps_its_own_number(store: Store) -> None:
    first = joined(store)
    store.nodes.remove(first.id)
    with pytest.raises(NodeUnknown):
        store.nodes.find("key of laptop")
    with pytest.raises(NodeNotFound):
        store.nodes.rest(first.id, resting=True)
    store.nodes.seen(first.id, "ghost", SOON, leaving=False)
    assert store.nodes.list() == []
    assert joined(store, "other").id > first.id


def test_nobody_removes_a_machine_that_is_none(store: Store) -> None:
    with pytest.raises(NodeNotFound, match="there is no machine 7"):
        store.nodes.remove(NodeId(7))
