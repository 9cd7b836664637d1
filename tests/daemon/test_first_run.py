"""A code for the first administrator, as long as there is none."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from actors.identity.tokens import digest
from actors.store.files.data_dir import DataDir
from actors.store.identity.errors import InvitationUsedUp
from actors.store.nouns.identity import Role, UserFacts, Vouched
from actors.store.store import Store
from daemon.first_run import first_code
from tests.archives import open_archive
from tests.store.making import START, at


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_archive(DataDir(tmp_path / "data"))) as store:
        yield store


def test_each_start_makes_a_code_and_the_one_before_is_void(store: Store) -> None:
    before, code = first_code(store, START), first_code(store, START)
    assert before is not None
    assert code is not None
    with pytest.raises(InvitationUsedUp):
        store.invitations.accept(digest(before), "Anna", "a hash", START)
    assert store.invitations.accept(digest(code), "Anna", "a hash", at(1)).facts.role is Role.ADMIN


def test_where_somebody_can_sign_in_there_is_none(store: Store) -> None:
    code = first_code(store, START)
    assert code is not None
    store.invitations.accept(digest(code), "Anna", "a hash", START)
    assert first_code(store, START) is None


def test_an_administrator_whom_a_provider_vouches_for_ends_it_as_well(store: Store) -> None:
    code = first_code(store, START)
    assert code is not None
    store.identities.create(UserFacts("Anna", Role.ADMIN), Vouched("https://sign-in.example", "1"), START)
    assert first_code(store, START) is None
    with pytest.raises(InvitationUsedUp):
        store.invitations.accept(digest(code), "Mallory", "a hash", START)


def test_a_database_that_is_away_just_now_does_not_stop_the_start(store: Store) -> None:
    store.close()
    store.data.database.unlink()
    assert first_code(store, START) is None
