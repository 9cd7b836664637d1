"""A mailbox whose server asks the provider about tokens, as those of Google and Microsoft do: real dovecot lets in who has a grant."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from actors.egress.rules import Rules
from actors.grants.errors import GrantGone
from actors.grants.flow import GrantFlow
from actors.grants.grant import write_grant
from actors.grants.keeping import Grants
from actors.mail.errors import MailboxRefused
from actors.mail.settings import MailboxSettings
from actors.mail.signing_in import sign_in
from actors.openid.calling import Calling
from actors.openid.flow import make_asked
from actors.sealing.seals import Seals, new_key
from actors.store.nouns.mail import AccountFacts, MailAccount, Proof, Security
from actors.store.store import Store
from tests.dovecot import Dovecot, running_dovecot
from tests.grants.fake_provider import USER, FakeProvider, serving

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
SETTINGS = MailboxSettings(Rules(internal=True))


@pytest.fixture(scope="module")
def provider() -> Iterator[FakeProvider]:
    with serving() as provider:
        yield provider


@pytest.fixture(scope="module")
def dovecot(provider: FakeProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    asking = tmp_path_factory.mktemp("oauth2") / "asking.conf"
    asking.write_text(
        f"introspection_mode = post\nintrospection_url = {provider.place}/introspect\n"
        "username_attribute = username\nactive_attribute = active\nactive_value = true\n"
    )
    for folder in (asking, *asking.parents[:3]):
        folder.chmod(0o755)
    settings = f"auth_mechanisms = $auth_mechanisms xoauth2\npassdb {{\n driver = oauth2\n mechanisms = xoauth2\n args = {asking}\n}}\n"
    with running_dovecot(settings) as server:
        yield server


def account_of(store: Store, seals: Seals, server: Dovecot, provider: FakeProvider) -> MailAccount:
    flow, asked = GrantFlow(provider.client, Calling(provider.rules)), make_asked()
    grant = flow.granted(asked, provider.let_in(flow.address(asked, USER)), NOW)
    facts = AccountFacts("Gmail", "localhost", server.port, USER, Security.NONE, Proof.GOOGLE)
    return store.mail_accounts.create(None, facts, seals.seal(write_grant(grant)))


def test_who_has_signed_in_at_the_provider_is_let_in_by_the_mail_server(store: Store, dovecot: Dovecot, provider: FakeProvider) -> None:
    seals = Seals([new_key()])
    account = account_of(store, seals, dovecot, provider)
    grants = Grants({Proof.GOOGLE: GrantFlow(provider.client, Calling(provider.rules))}, store.mail_accounts, seals, lambda: NOW)
    assert "INBOX" in sign_in(account.facts, grants.secret(account), SETTINGS).folders()


def test_a_token_that_ran_out_is_renewed_before_the_mail_server_is_asked(store: Store, dovecot: Dovecot, provider: FakeProvider) -> None:
    seals = Seals([new_key()])
    account = account_of(store, seals, dovecot, provider)
    provider.good.clear()  # as they are once their time is over
    with pytest.raises(MailboxRefused, match="did not let"):
        sign_in(account.facts, "access-1", SETTINGS)
    flow = GrantFlow(provider.client, Calling(provider.rules))
    grants = Grants({Proof.GOOGLE: flow}, store.mail_accounts, seals, lambda: NOW + timedelta(hours=1))
    assert "INBOX" in sign_in(account.facts, grants.secret(account), SETTINGS).folders()


def test_a_grant_that_was_taken_back_is_told_as_such(store: Store, dovecot: Dovecot, provider: FakeProvider) -> None:
    seals = Seals([new_key()])
    account = account_of(store, seals, dovecot, provider)
    provider.take_back()
    flow = GrantFlow(provider.client, Calling(provider.rules))
    grants = Grants({Proof.GOOGLE: flow}, store.mail_accounts, seals, lambda: NOW + timedelta(hours=1))
    with pytest.raises(GrantGone, match="sign in to it again"):
        grants.secret(account)
