"""Tokens and invitations let in whom they were made for, as long as they hold."""

from collections.abc import Callable

import pytest

from actors.store.errors import NameTaken
from actors.store.identity.errors import InvitationUsedUp, ServiceHasNoPassword, TokenNotFound, UserNotFound
from actors.store.nouns.identity import NewInvitation, NewToken, Role, Scope, Token, TokenId, TokenKind, User, UserFacts, UserId, UserKind
from actors.store.store import Store
from tests.store.making import START, at

BERT = UserFacts("bert", Role.EDITOR)


def session_of(user: User, digest: str = "d1") -> NewToken:
    """Describe what a sign-in makes."""
    return NewToken(user.id, TokenKind.SESSION, "firefox", digest, expire_time=at(100))


def access_of(user: User, digest: str = "d2") -> NewToken:
    """Describe a token for a program, which may only add documents."""
    return NewToken(user.id, TokenKind.ACCESS, "scanner", digest, (Scope.ADD, Scope.READ))


def test_a_token_lets_its_user_in_until_it_is_too_old(store: Store) -> None:
    bert = store.users.create(BERT, START)
    token = store.tokens.create(session_of(bert), at(1))
    assert token == Token(TokenId(1), bert.id, TokenKind.SESSION, "firefox", (), at(1), at(100), at(1), "")
    found = store.tokens.find("d1", at(99))
    assert found is not None
    assert (found[0], found[1].id, found[1].sign_in_time) == (token, bert.id, at(1))
    assert store.tokens.find("d1", at(100)) is None
    assert store.tokens.find("another", at(1)) is None


def test_one_without_an_end_holds_until_it_is_revoked(store: Store) -> None:
    bert = store.users.create(BERT, START)
    token = store.tokens.create(access_of(bert), START)
    assert token.scopes == (Scope.ADD, Scope.READ)
    assert store.tokens.find("d2", at(10**9)) is not None
    store.tokens.revoke(bert.id, token.id)
    assert store.tokens.find("d2", START) is None
    with pytest.raises(TokenNotFound):
        store.tokens.revoke(bert.id, token.id)


def test_nobody_revokes_what_is_not_his(store: Store) -> None:
    bert, carl = store.users.create(BERT, START), store.users.create(UserFacts("carl", Role.VIEWER), START)
    token = store.tokens.create(session_of(bert), START)
    with pytest.raises(TokenNotFound):
        store.tokens.revoke(carl.id, token.id)
    assert store.tokens.find("d1", START) is not None


def test_a_user_sees_his_tokens_that_hold_and_where_they_were_used(store: Store) -> None:
    bert = store.users.create(BERT, START)
    session, access = store.tokens.create(session_of(bert), START), store.tokens.create(access_of(bert), START)
    store.tokens.used(access.id, "192.168.1.9", at(50))
    assert [(token.id, token.use_time, token.address) for token in store.tokens.list(bert.id, at(60))] == [
        (access.id, at(50), "192.168.1.9"),
        (session.id, START, ""),
    ]
    assert [token.id for token in store.tokens.list(bert.id, at(100))] == [access.id]
    store.tokens.create(access_of(bert, "d3"), at(100))
    assert [token.name for token in store.tokens.list(bert.id, START)] == ["scanner", "scanner"]
    with pytest.raises(UserNotFound):
        store.tokens.list(UserId(9), START)


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (lambda store, user: store.users.update(user.id, UserFacts("bert", Role.EDITOR, enabled=False), None), []),
        (lambda store, user: store.users.delete(user.id, None), []),
        (lambda store, user: store.users.set_password(user.id, "another"), ["d2"]),
        (lambda store, user: store.users.update(user.id, UserFacts("bert", Role.EDITOR, UserKind.SERVICE), None), ["d2"]),
        (lambda store, user: store.users.update(user.id, UserFacts("bert", Role.VIEWER), None), ["d1", "d2"]),
    ],
)
def test_what_happens_to_a_user_happens_to_his_tokens(store: Store, change: Callable[[Store, User], object], left: list[str]) -> None:
    bert = store.users.create(BERT, START)
    for new in (session_of(bert), access_of(bert)):
        store.tokens.create(new, START)
    change(store, bert)
    assert [digest for digest in ("d1", "d2") if store.tokens.find(digest, START) is not None] == left


def test_another_password_can_keep_the_session_that_sets_it(store: Store) -> None:
    bert = store.users.create(BERT, START)
    here, _ = store.tokens.create(session_of(bert), START), store.tokens.create(session_of(bert, "d3"), START)
    store.users.set_password(bert.id, "another", kept=here.id)
    assert [token.id for token in store.tokens.list(bert.id, START)] == [here.id]


def test_an_invitation_lets_its_user_choose_a_password_once(store: Store) -> None:
    bert = store.users.create(BERT, START)
    store.invitations.create(NewInvitation("old", bert.id, at(100)))
    store.invitations.create(NewInvitation("code", bert.id, at(100)))
    for digest in ("old", "unknown"):
        with pytest.raises(InvitationUsedUp):
            store.invitations.accept(digest, "", "a hash", at(1))
    assert store.invitations.accept("code", "ignored", "a hash", at(1)).facts == BERT
    assert store.users.credentials(bert.id).password_hash == "a hash"
    with pytest.raises(InvitationUsedUp):
        store.invitations.accept("code", "", "another", at(1))
    assert store.users.credentials(bert.id).password_hash == "a hash"


def test_an_invitation_becomes_too_old(store: Store) -> None:
    bert = store.users.create(BERT, START)
    store.invitations.create(NewInvitation("code", bert.id, at(100)))
    with pytest.raises(InvitationUsedUp):
        store.invitations.accept("code", "", "a hash", at(100))
    assert not store.users.get(bert.id).has_password


def test_the_first_administrator_is_made_by_a_code_and_no_second_one(store: Store) -> None:
    store.users.create(BERT, START)
    store.invitations.create(NewInvitation("code", None, at(100)))
    with pytest.raises(NameTaken):
        store.invitations.accept("code", "Bert", "a hash", at(1))
    anna = store.invitations.accept("code", "Anna", "a hash", at(1))
    assert (anna.facts, anna.has_password) == (UserFacts("Anna", Role.ADMIN), True)
    store.invitations.create(NewInvitation("again", None, at(100)))
    with pytest.raises(InvitationUsedUp):
        store.invitations.accept("again", "Carl", "a hash", at(1))
    assert store.users.count() == 2


def test_a_program_is_not_invited(store: Store) -> None:
    scanner = store.users.create(UserFacts("scanner", Role.UPLOADER, UserKind.SERVICE), START)
    with pytest.raises(ServiceHasNoPassword):
        store.invitations.create(NewInvitation("code", scanner.id, at(100)))
