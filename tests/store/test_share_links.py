"""Links by which anybody can read some documents: what they give, until when, and how often."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from actors.store.errors import DocumentNotFound, StaleItem
from actors.store.nouns.access import AccessChange, viewer_of
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.identity import Bequest, Role, User, UserFacts
from actors.store.nouns.sharing import NewShareLink, ShareContent, ShareLink, ShareLinkFacts, ShareLinkId
from actors.store.sharing.errors import ShareLinkNotFound
from actors.store.store import Store
from tests.store.making import START, at, document_id

DIGEST = "d" * 64


def user(store: Store, name: str, role: Role = Role.EDITOR) -> User:
    """Add a user."""
    return store.users.create(UserFacts(name, role), START)


def owned(store: Store, owner: User, content: str) -> DocumentId:
    """Deliver a document that its owner alone may see."""
    document = document_id(store, content)
    store.permissions.change([document], AccessChange(owner=owner.id), None, START)
    return document


def shared(store: Store, maker: User | None, *documents: DocumentId, **facts: object) -> ShareLink:
    """Make a link as its maker does."""
    new = NewShareLink(None if maker is None else maker.id, DIGEST, documents, facts=ShareLinkFacts(**facts))  # type: ignore[arg-type]  # names of its fields
    return (store if maker is None else store.seen_by(viewer_of(maker))).share_links.create(new, START)


def given(store: Store, seconds: float = 0) -> list[tuple[int, DocumentId]] | None:
    """List what a visitor gets by the link; None where there is none."""
    found = store.share_links.find(DIGEST, at(seconds))
    if found is None:
        return None
    return [(one.place, one.document) for one in store.seen_by(found.viewer).share_links.documents(found.id)]


def test_a_link_gives_its_documents_in_their_order_and_each_once(store: Store) -> None:
    anna = user(store, "Anna")
    first, second = document_id(store, "first"), document_id(store, "second")
    link = shared(store, anna, second, first, second, name="for the tax office")
    assert (link.documents, link.maker, link.maker_name, link.facts.name) == ((second, first), anna.id, "Anna", "for the tax office")
    assert given(store) == [(1, second), (2, first)]
    assert store.share_links.find("e" * 64, START) is None


def test_a_link_to_what_its_maker_may_not_see_is_not_made(store: Store) -> None:
    anna, bert = user(store, "Anna"), user(store, "Bert")
    hidden = owned(store, anna, "hers")
    with pytest.raises(DocumentNotFound):
        shared(store, bert, document_id(store), hidden)
    assert given(store) is None


def test_what_its_maker_may_no_longer_see_is_no_longer_given_and_comes_back_with_him(store: Store) -> None:
    anna, bert = user(store, "Anna"), user(store, "Bert")
    first, second = document_id(store, "first"), document_id(store, "second")
    shared(store, bert, first, second)
    store.permissions.change([first], AccessChange(owner=anna.id), None, START)
    assert given(store) == [(2, second)]
    store.permissions.change([first], AccessChange(owner=bert.id), None, START)
    assert given(store) == [(1, first), (2, second)]


def test_what_lies_in_the_trash_is_not_given_and_what_is_purged_never_again(store: Store) -> None:
    first, second = document_id(store, "first"), document_id(store, "second")
    shared(store, None, first, second)
    store.documents.delete(first, None, START)
    assert given(store) == [(2, second)]
    store.documents.undelete(first, START)
    assert given(store) == [(1, first), (2, second)]
    store.documents.delete(first, None, START)
    store.documents.purge(first)
    assert given(store) == [(2, second)]
    assert store.share_links.list(None, 9)[0].documents == (second,)


@pytest.mark.parametrize("change", [{"enabled": False}, {"role": Role.VIEWER}, {"role": Role.UPLOADER}])
def test_links_of_who_may_no_longer_share_rest(store: Store, change: dict[str, object]) -> None:
    anna = user(store, "Anna")
    shared(store, anna, document_id(store))
    store.users.update(anna.id, replace(anna.facts, **change), None)  # type: ignore[arg-type]  # names of its fields
    assert given(store) is None
    store.users.update(anna.id, anna.facts, None)
    assert given(store) is not None


def test_links_of_a_user_who_is_removed_go_though_an_heir_gets_his_documents(store: Store) -> None:
    anna, bert = user(store, "Anna"), user(store, "Bert")
    shared(store, anna, owned(store, anna, "hers"))
    store.users.delete(anna.id, None, Bequest(bert.id, START))
    assert given(store) is None
    assert store.share_links.list(None, 9) == []


def test_a_link_ends_at_its_second(store: Store) -> None:
    link = shared(store, None, document_id(store), expire_time=at(60))
    assert given(store, 59.999) is not None
    assert store.share_links.take(link.id, at(59.999))
    assert given(store, 60) is None
    assert not store.share_links.take(link.id, at(60))


def test_a_disabled_link_is_not_there_until_it_is_enabled(store: Store) -> None:
    link = shared(store, None, document_id(store), disabled=True)
    assert given(store) is None
    assert not store.share_links.take(link.id, START)
    store.share_links.update(link.id, ShareLinkFacts(), None)
    assert given(store) is not None


def test_a_link_with_a_count_gives_so_many_and_tells_how_many(store: Store) -> None:
    link = shared(store, None, document_id(store), max_downloads=2)
    assert [store.share_links.take(link.id, at(second)) for second in (1, 2, 3)] == [True, True, False]
    assert given(store, 4) is None
    present = store.share_links.get(link.id)
    assert (present.downloads, present.download_time, present.revision) == (2, at(2), link.revision)
    store.share_links.update(link.id, ShareLinkFacts(max_downloads=3), None)
    assert store.share_links.take(link.id, at(5))


def test_of_twenty_at_once_exactly_as_many_get_it_as_may(store: Store) -> None:
    link = shared(store, None, document_id(store), max_downloads=7)
    with ThreadPoolExecutor(20) as threads:
        taken = list(threads.map(lambda _: store.share_links.take(link.id, START), range(20)))
    assert (sum(taken), store.share_links.get(link.id).downloads) == (7, 7)


def test_everybody_has_his_own_links_and_who_runs_the_archive_all(store: Store) -> None:
    anna, bert, carl = user(store, "Anna"), user(store, "Bert"), user(store, "Carl", Role.ADMIN)
    document = document_id(store)
    link = shared(store, anna, document)
    hers, his = (store.seen_by(viewer_of(each)).share_links for each in (anna, bert))
    assert (
        [one.id for one in hers.list(None, 9)] == [link.id] == [one.id for one in store.seen_by(viewer_of(carl)).share_links.list(None, 9)]
    )
    assert his.list(None, 9) == []
    for act in (his.get, his.delete, lambda link_id: his.update(link_id, ShareLinkFacts(), None)):
        with pytest.raises(ShareLinkNotFound):
            act(link.id)
    assert hers.get(link.id) == link
    hers.delete(link.id)
    assert given(store) is None


def test_links_are_listed_page_by_page_and_by_document(store: Store) -> None:
    first, second = document_id(store, "first"), document_id(store, "second")
    made = [
        store.share_links.create(NewShareLink(None, f"{number:064}", (document,)), START).id
        for number, document in enumerate((first, second, first))
    ]
    newest = store.share_links.list(None, 2)
    assert [one.id for one in newest] == made[:0:-1]
    assert [one.id for one in store.share_links.list(newest[-1].id, 2)] == made[:1]
    assert [one.id for one in store.share_links.list(None, 9, first)] == [made[2], made[0]]


def test_a_link_is_changed_as_it_was_seen_or_not_at_all(store: Store) -> None:
    link = shared(store, None, document_id(store), name="one")
    changed = store.share_links.update(link.id, ShareLinkFacts("two"), "hash", link.revision)
    assert (changed.facts.name, changed.has_password, changed.revision) == ("two", True, link.revision + 1)
    with pytest.raises(StaleItem):
        store.share_links.update(link.id, ShareLinkFacts("three"), None, link.revision)
    with pytest.raises(StaleItem):
        store.share_links.delete(link.id, link.revision)
    assert store.share_links.update(link.id, ShareLinkFacts("three"), None).has_password
    assert not store.share_links.update(link.id, ShareLinkFacts("three"), "").has_password
    with pytest.raises(ShareLinkNotFound):
        store.share_links.get(ShareLinkId(99))


def test_the_content_of_a_link_is_kept(store: Store) -> None:
    new = NewShareLink(None, DIGEST, (document_id(store),), ShareContent.ARCHIVES)
    assert store.share_links.create(new, START).content is ShareContent.ARCHIVES
    found = store.share_links.find(DIGEST, START)
    assert found is not None
    assert found.content is ShareContent.ARCHIVES
