"""Users and their groups are kept; nobody is locked out of the archive, and nothing that lets somebody in is kept as it is typed."""

import pytest

from actors.store.errors import NameTaken, StaleItem
from actors.store.identity.errors import GroupNotFound, LastAdministrator, MemberNotFound, ServiceHasNoPassword, UserNotFound
from actors.store.nouns.identity import Credentials, Group, GroupId, Role, User, UserFacts, UserId, UserKind
from actors.store.nouns.sealed import Sealed
from actors.store.rows import counters
from actors.store.store import Store
from tests.store.making import START, at

ANNA = UserFacts("Anna", Role.ADMIN, email="anna@example.org")
BERT = UserFacts("bert", Role.EDITOR)


def with_password(store: Store, facts: UserFacts) -> User:
    """Add somebody who can sign in."""
    return store.users.set_password(store.users.create(facts, START).id, "a hash")


def stamp(store: Store) -> int:
    """Read the number that grows with each change of who there is."""
    with store.database.read() as session:
        return counters.value(session, counters.IDENTITY_CHANGE)


def test_a_user_is_what_was_said_of_it(store: Store) -> None:
    before = stamp(store)
    anna = store.users.create(ANNA, START)
    assert anna == User(UserId(1), 1, ANNA, False, False, (), START, None)
    assert store.users.get(anna.id) == anna
    assert store.users.find(" ANNA ") == anna
    assert stamp(store) == before + 1


def test_users_are_listed_by_name_page_by_page(store: Store) -> None:
    for name in ("Zoe", "anna", "Émile", "bert"):
        store.users.create(UserFacts(name, Role.VIEWER), START)
    first = store.users.list(None, 2)
    rest = store.users.list((first[-1].facts.name, first[-1].id), 9)
    assert [user.facts.name for user in (*first, *rest)] == ["anna", "bert", "Zoe", "Émile"]
    assert store.users.count() == 4


def test_two_users_have_two_names(store: Store) -> None:
    store.users.create(ANNA, START)
    bert = store.users.create(BERT, START)
    with pytest.raises(NameTaken):
        store.users.create(UserFacts("ANNA", Role.VIEWER), START)
    with pytest.raises(NameTaken):
        store.users.update(bert.id, UserFacts("anna", Role.VIEWER), None)
    assert store.users.update(bert.id, UserFacts("Bert", Role.VIEWER), 1).facts.name == "Bert"


def test_a_change_is_made_on_what_the_caller_saw(store: Store) -> None:
    bert = store.users.create(BERT, START)
    assert store.users.update(bert.id, UserFacts("bert", Role.VIEWER), bert.revision).revision == 2
    with pytest.raises(StaleItem):
        store.users.update(bert.id, BERT, bert.revision)
    with pytest.raises(StaleItem):
        store.users.delete(bert.id, bert.revision)


def test_who_is_not_there_is_told(store: Store) -> None:
    for ask in (lambda: store.users.get(UserId(9)), lambda: store.users.find("nobody"), lambda: store.users.delete(UserId(9), None)):
        with pytest.raises(UserNotFound):
            ask()


@pytest.mark.parametrize(
    "change",
    [UserFacts("Anna", Role.EDITOR), UserFacts("Anna", Role.ADMIN, enabled=False), UserFacts("Anna", Role.ADMIN, UserKind.SERVICE)],
)
def test_the_last_administrator_stays_one(store: Store, change: UserFacts) -> None:
    anna = with_password(store, ANNA)
    store.users.create(UserFacts("carl", Role.ADMIN), START)  # who has no password can't sign in
    with pytest.raises(LastAdministrator, match="Anna is the last administrator who can sign in"):
        store.users.update(anna.id, change, None)
    with pytest.raises(LastAdministrator):
        store.users.delete(anna.id, None)
    assert store.users.get(anna.id) == anna
    with_password(store, UserFacts("dora", Role.ADMIN))
    assert store.users.update(anna.id, change, None).facts == change


def test_before_there_is_an_administrator_users_come_and_go(store: Store) -> None:
    assert not store.users.has_administrator()
    store.users.delete(store.users.create(ANNA, START).id, None)
    assert store.users.count() == 0
    with_password(store, BERT)
    assert not store.users.has_administrator()
    with_password(store, ANNA)
    assert store.users.has_administrator()


def test_what_a_user_proves_himself_by_is_kept(store: Store) -> None:
    anna = with_password(store, ANNA)
    assert anna.has_password
    assert store.users.set_second_factor(anna.id, Sealed("SECRET"), 7, ["one", "two"]).has_second_factor
    assert store.users.credentials(anna.id) == Credentials("a hash", Sealed("SECRET"), 7)
    store.users.rehash(anna.id, "another hash", "lost")
    store.users.rehash(anna.id, "a hash", "a stronger hash")
    assert store.users.credentials(anna.id).password_hash == "a stronger hash"
    assert not store.users.remove_second_factor(anna.id).has_second_factor
    assert store.users.recovery_codes_left(anna.id) == 0


def test_each_step_and_each_recovery_code_is_good_once(store: Store) -> None:
    anna = with_password(store, ANNA)
    store.users.set_second_factor(anna.id, Sealed("SECRET"), 7, ["one", "two"])
    assert [store.users.use_step(anna.id, step) for step in (7, 8, 8, 6, 9)] == [False, True, False, False, True]
    assert [store.users.use_recovery_code(anna.id, code) for code in ("two", "two", "three")] == [True, False, False]
    assert store.users.recovery_codes_left(anna.id) == 1


def test_a_program_has_no_password(store: Store) -> None:
    scanner = store.users.create(UserFacts("scanner", Role.UPLOADER, UserKind.SERVICE), START)
    with pytest.raises(ServiceHasNoPassword):
        store.users.set_password(scanner.id, "a hash")
    bert = with_password(store, BERT)
    assert not store.users.update(bert.id, UserFacts("bert", Role.EDITOR, UserKind.SERVICE), None).has_password


def test_a_group_has_members_as_long_as_they_are_there(store: Store) -> None:
    anna, bert = store.users.create(ANNA, START), store.users.create(BERT, START)
    family = store.groups.create("Family", [bert.id, anna.id, anna.id])
    assert family == Group(GroupId(1), 1, "Family", (anna.id, bert.id))
    assert store.users.get(anna.id).groups == (family.id,)
    store.users.delete(bert.id, None)
    assert store.groups.list() == [Group(family.id, 1, "Family", (anna.id,))]
    assert store.groups.update(family.id, "family", [], 1) == Group(family.id, 2, "family", ())
    store.groups.delete(family.id, 2)
    assert store.groups.list() == []
    assert store.users.get(anna.id).groups == ()


def test_a_group_that_cannot_be_is_refused_as_a_whole(store: Store) -> None:
    anna = store.users.create(ANNA, START)
    family = store.groups.create("Family", [anna.id])
    with pytest.raises(MemberNotFound, match="there is no user 9"):
        store.groups.update(family.id, "Others", [anna.id, UserId(9)], None)
    with pytest.raises(NameTaken):
        store.groups.create("FAMILY", [])
    with pytest.raises(StaleItem):
        store.groups.update(family.id, "Others", [], 5)
    with pytest.raises(GroupNotFound):
        store.groups.get(GroupId(9))
    assert store.groups.get(family.id) == family


def test_every_change_of_groups_is_told(store: Store) -> None:
    anna = store.users.create(ANNA, at(1))
    stamps = [stamp(store)]
    family = store.groups.create("Family", [anna.id])
    stamps.append(stamp(store))
    store.groups.update(family.id, "Family", [], None)
    stamps.append(stamp(store))
    store.groups.delete(family.id, None)
    stamps.append(stamp(store))
    assert stamps == sorted(set(stamps))
