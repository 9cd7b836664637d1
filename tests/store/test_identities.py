"""Who is who at a provider of sign-ins."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from actors.store.errors import NameTaken
from actors.store.identity.errors import IdentityNotFound, IdentityTaken, LastAdministrator, ServiceHasNoPassword
from actors.store.nouns.identity import Role, UserFacts, UserKind, Vouched
from actors.store.store import Store

NOW = datetime(2026, 11, 27, tzinfo=UTC)
ANNA = Vouched("https://sign-in.example", "248289761001")


def test_a_providers_word_finds_the_one_whom_it_stands_for(store: Store) -> None:
    anna = store.identities.create(UserFacts("Anna", Role.EDITOR), ANNA, NOW)
    assert anna.identities == (ANNA,)
    assert store.identities.find(ANNA) == anna == store.users.get(anna.id)
    assert store.identities.find(Vouched(ANNA.issuer, "Anna")) is None
    assert store.identities.find(Vouched("https://other.example", ANNA.subject)) is None
    assert store.identities.find(Vouched(ANNA.issuer.upper(), ANNA.subject)) is None


def test_it_stands_for_one_user(store: Store) -> None:
    anna = store.identities.create(UserFacts("Anna", Role.EDITOR), ANNA, NOW)
    bert = store.users.create(UserFacts("bert", Role.EDITOR), NOW)
    assert store.identities.link(anna.id, ANNA, NOW) == anna
    with pytest.raises(IdentityTaken):
        store.identities.link(bert.id, ANNA, NOW)
    with pytest.raises(IdentityTaken):
        store.identities.create(UserFacts("carl", Role.EDITOR), ANNA, NOW)
    with pytest.raises(NameTaken):
        store.identities.create(UserFacts("BERT", Role.EDITOR), Vouched(ANNA.issuer, "2"), NOW)
    assert store.identities.find(Vouched(ANNA.issuer, "2")) is None
    assert store.users.count() == 2


def test_a_user_may_be_known_to_several_and_is_unlinked_from_one(store: Store) -> None:
    anna = store.identities.create(UserFacts("Anna", Role.EDITOR), ANNA, NOW)
    other = Vouched("https://other.example", "anna")
    linked = store.identities.link(anna.id, other, NOW)
    assert (set(linked.identities), linked.revision) == ({ANNA, other}, anna.revision + 1)
    assert store.identities.unlink(anna.id, ANNA).identities == (other,)
    with pytest.raises(IdentityNotFound):
        store.identities.unlink(anna.id, ANNA)
    store.users.delete(anna.id, None)
    assert store.identities.find(other) is None


def test_a_program_is_known_to_no_provider(store: Store) -> None:
    robot = store.users.create(UserFacts("robot", Role.UPLOADER, UserKind.SERVICE), NOW)
    with pytest.raises(ServiceHasNoPassword):
        store.identities.link(robot.id, ANNA, NOW)


def test_who_becomes_a_program_is_known_to_no_provider_any_more(store: Store) -> None:
    anna = store.identities.create(UserFacts("Anna", Role.EDITOR), ANNA, NOW)
    robot = store.users.update(anna.id, UserFacts("Anna", Role.EDITOR, UserKind.SERVICE), None)
    assert (robot.identities, store.identities.find(ANNA)) == ((), None)


def test_an_administrator_whom_a_provider_vouches_for_is_one_who_can_sign_in(store: Store) -> None:
    facts = UserFacts("Anna", Role.ADMIN)
    anna = store.identities.create(facts, ANNA, NOW)
    assert store.users.has_administrator()
    for change in (
        lambda: store.identities.unlink(anna.id, ANNA),
        lambda: store.users.delete(anna.id, None),
        lambda: store.users.update(anna.id, replace(facts, enabled=False), None),
        lambda: store.users.update(anna.id, replace(facts, kind=UserKind.SERVICE), None),
    ):
        with pytest.raises(LastAdministrator, match="Anna"):
            change()
    assert store.users.get(anna.id) == anna


def test_the_last_administrator_is_unlinked_who_has_a_password_or_another_link(store: Store) -> None:
    anna = store.identities.create(UserFacts("Anna", Role.ADMIN), ANNA, NOW)
    other = Vouched("https://other.example", "anna")
    store.identities.link(anna.id, other, NOW)
    assert store.identities.unlink(anna.id, ANNA).identities == (other,)
    store.users.set_password(anna.id, "a hash")
    assert store.identities.unlink(anna.id, other).identities == ()
    assert store.users.has_administrator()


def test_groups_that_are_named_and_no_others(store: Store) -> None:
    anna = store.identities.create(UserFacts("Anna", Role.EDITOR), ANNA, NOW)
    family, club = store.groups.create("Family", [anna.id]), store.groups.create("Club", ())
    assert store.identities.set_groups(anna.id, ["CLUB", "nobody's"])
    assert store.users.get(anna.id).groups == (club.id,)
    assert (store.groups.get(family.id).revision, store.groups.get(club.id).revision) == (2, 2)
    assert not store.identities.set_groups(anna.id, ["club"])
    assert store.identities.set_groups(anna.id, [])
    assert store.users.get(anna.id).groups == ()
