"""Mailboxes on a real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from tests.archives import open_archive
from tests.dovecot import Dovecot, Mailbox, running_dovecot
from tests.mail.post_office import PostOffice


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


@pytest.fixture
def office(tmp_path: Path, mailbox: Mailbox) -> Iterator[PostOffice]:
    """Open an archive for that mailbox."""
    store = open_archive(DataDir(tmp_path / "archive"))
    yield PostOffice(store, mailbox)
    store.close()
