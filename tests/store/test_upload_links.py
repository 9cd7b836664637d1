"""Upload links: found by the digest of their secret, counted before a file is accepted, and gone with their maker."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from actors.store.errors import StaleItem
from actors.store.identity.errors import UserNotFound
from actors.store.nouns.access import Viewer
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.nouns.receiving import Bounds, NewUploadLink, OpenUploadLink, Received, UploadLink, UploadLinkFacts
from actors.store.receiving.errors import UploadLinkNotFound
from actors.store.store import Store
from tests.store.making import START, at

FACTS = UploadLinkFacts("Receipts")


@pytest.fixture
def anna(store: Store) -> UserId:
    return store.users.create(UserFacts("anna", Role.EDITOR), START).id


def made(store: Store, facts: UploadLinkFacts = FACTS, maker: UserId | None = None, digest: str = "d") -> UploadLink:
    return store.upload_links.create(NewUploadLink(maker, digest, facts), START)


def found(store: Store, digest: str = "d", seconds: float = 1) -> OpenUploadLink | None:
    return store.upload_links.find(digest, at(seconds))


def test_a_link_keeps_what_its_maker_says(store: Store, anna: UserId) -> None:
    tag, path = (store.catalog.labels.create(kind, LabelFacts("x")).id for kind in (LabelKind.TAG, LabelKind.STORAGE_PATH))
    bounds = Bounds(3, 10, 2**40, ("application/pdf", "image/*"))
    facts = UploadLinkFacts("Receipts", anna, (tag,), None, None, path, bounds, at(60), disabled=True)
    link = made(store, facts, anna)
    assert store.upload_links.get(link.id) == link
    assert (link.facts, link.maker, link.received, link.has_password, link.revision) == (facts, anna, Received(), False, 1)
    changed = store.upload_links.update(link.id, replace(facts, disabled=False), "hash", 1)
    assert (changed.facts.disabled, changed.has_password, changed.revision) == (False, True, 2)
    assert store.upload_links.update(link.id, changed.facts, None).has_password
    store.catalog.labels.delete(path, None, START)
    assert store.upload_links.get(link.id).facts.storage_path is None
    with pytest.raises(StaleItem):
        store.upload_links.delete(link.id, 1)
    store.upload_links.delete(link.id, 3)
    with pytest.raises(UploadLinkNotFound):
        store.upload_links.get(link.id)


def test_a_link_holds_until_the_second_at_which_it_ends(store: Store) -> None:
    made(store, replace(FACTS, expire_time=at(60)))
    assert [found(store, seconds=seconds) is not None for seconds in (59.9, 60, 61)] == [True, False, False]
    made(store, replace(FACTS, disabled=True), digest="off")
    assert found(store, "off") is found(store, "never") is None


def test_a_link_rests_while_its_maker_may_make_none_and_goes_with_him(store: Store, anna: UserId) -> None:
    link = made(store, maker=anna)
    for facts, there in (
        (UserFacts("anna", Role.VIEWER), False),
        (UserFacts("anna", Role.EDITOR, enabled=False), False),
        (UserFacts("anna", Role.EDITOR), True),
    ):
        store.users.update(anna, facts, None)
        assert (found(store) is not None, store.upload_links.take(link.id, 1, at(1))) == (there, there)
    store.users.delete(anna, None)
    assert found(store) is None
    assert not store.upload_links.take(link.id, 1, at(1))
    store.upload_links.give_back(link.id, 1)  # of a link that went meanwhile


def test_a_link_goes_with_the_owner_of_what_comes_by_it(store: Store, anna: UserId) -> None:
    made(store, replace(FACTS, owner=anna))
    store.users.delete(anna, None)
    assert found(store) is None
    with pytest.raises(UserNotFound):
        made(store, replace(FACTS, owner=anna), digest="another")


@pytest.mark.parametrize(
    ("bounds", "sizes", "taken"),
    [
        (Bounds(), [2**40, 1], [True, True]),
        (Bounds(files=2), [1, 1, 1], [True, True, False]),
        (Bounds(file_bytes=10), [9, 10, 11, 10], [True, True, False, True]),
        (Bounds(total_bytes=10), [9, 2, 1, 1], [True, False, True, False]),
        (Bounds(total_bytes=10), [11, 10], [False, True]),
    ],
)
def test_no_more_is_taken_than_the_bounds_allow(store: Store, bounds: Bounds, sizes: list[int], taken: list[bool]) -> None:
    link = made(store, replace(FACTS, bounds=bounds))
    assert [store.upload_links.take(link.id, size, at(5)) for size in sizes] == taken
    came = [size for size, one in zip(sizes, taken, strict=True) if one]
    assert store.upload_links.get(link.id).received == Received(len(came), sum(came))
    assert store.upload_links.get(link.id).use_time == at(5)


def test_what_was_not_accepted_after_all_leaves_its_place(store: Store) -> None:
    link = made(store, replace(FACTS, bounds=Bounds(files=1, total_bytes=10)))
    assert store.upload_links.take(link.id, 10, at(1))
    assert found(store).full  # type: ignore[union-attr]  # it is there
    store.upload_links.give_back(link.id, 10)
    assert found(store) == OpenUploadLink(link.id, link.facts, "", Received())
    assert store.upload_links.take(link.id, 10, at(1))


def test_those_who_come_at_once_share_what_is_left(store: Store) -> None:
    link = made(store, replace(FACTS, bounds=Bounds(files=5)))
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: store.upload_links.take(link.id, 1, at(1)), range(20)))
    assert (sum(taken), store.upload_links.get(link.id).received) == (5, Received(5, 5))


def test_a_maker_sees_his_own_links_alone(store: Store, anna: UserId) -> None:
    bert = store.users.create(UserFacts("bert", Role.EDITOR), START).id
    hers, his, machines = made(store, maker=anna), made(store, maker=bert, digest="e"), made(store, digest="f")
    seen = store.seen_by(Viewer(anna)).upload_links
    assert (seen.list(None, 9), store.upload_links.list(None, 9)) == ([hers], [machines, his, hers])
    assert store.upload_links.list(his.id, 9) == [hers]
    for ask in (seen.get, seen.delete):
        with pytest.raises(UploadLinkNotFound):
            ask(his.id)


@pytest.mark.parametrize(
    ("bounds", "received", "full", "most"),
    [
        (Bounds(), Received(9, 9), False, None),
        (Bounds(files=3), Received(2, 9), False, None),
        (Bounds(files=3), Received(3, 9), True, None),
        (Bounds(file_bytes=5, total_bytes=10), Received(1, 4), False, 5),
        (Bounds(file_bytes=5, total_bytes=10), Received(1, 9), False, 1),
        (Bounds(total_bytes=10), Received(1, 10), True, 0),
    ],
)
def test_a_visitor_is_told_what_may_still_come(store: Store, bounds: Bounds, received: Received, full: bool, most: int | None) -> None:
    link = made(store, replace(FACTS, bounds=bounds))
    opened = OpenUploadLink(link.id, link.facts, "", received)
    assert (opened.full, opened.most_bytes) == (full, most)
