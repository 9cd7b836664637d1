"""Mailboxes on a real server."""

from collections.abc import Iterator

import pytest

from tests.dovecot import Dovecot, Mailbox, running_dovecot


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """Run a server that knows no encryption, for what has nothing to do with it."""
    with running_dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def encrypted() -> Iterator[Dovecot]:
    """Run a server with TLS and STARTTLS."""
    with running_dovecot(encrypted=True) as server:
        yield server


@pytest.fixture
def mailbox(dovecot: Dovecot) -> Mailbox:
    """Make somebody's mailbox."""
    return dovecot.mailbox()
