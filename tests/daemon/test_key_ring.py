"""At the start the key is there, nothing is plain, and what can't be read is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from actors.store.files.data_dir import DataDir
from actors.store.nouns.sealed import Sealed, is_sealed
from actors.store.nouns.workflows import CallWebhook, Trigger, TriggerKind, WorkflowFacts
from actors.store.store import Store
from daemon.key_ring import open_seals
from daemon.start_error import StartError
from tests.archives import open_archive


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Keep a header as an older version did."""
    opened = open_archive(DataDir(tmp_path / "data"))
    webhook = CallWebhook("https://h.example", headers=(("X-Key", Sealed("s3cret")),))
    opened.workflows.create(WorkflowFacts("tell", True, (Trigger(TriggerKind.DOCUMENT_ADDED),), (webhook,)))
    yield opened
    opened.close()


def test_what_an_older_version_has_kept_plain_is_sealed(store: Store) -> None:
    with capture_logs() as said:
        seals = open_seals(store)
        (kept,) = store.secrets.kept()
        assert is_sealed(kept)
        assert open_seals(store).unseal(Sealed(kept)) == seals.unseal(Sealed(kept)) == "s3cret"
    assert said == []


def test_a_key_that_is_gone_is_said_and_nothing_that_is_kept_changes(store: Store) -> None:
    open_seals(store)
    kept = store.secrets.kept()
    store.data.secrets_key.unlink()
    for _ in range(2):
        with capture_logs() as said:
            seals = open_seals(store)
        assert [(one["log_level"], one["secrets"]) for one in said] == [("warning", 1)]
        assert said[0]["event"] == "secrets can't be read: put the key back that sealed them, or enter them again"
    assert store.secrets.kept() == kept
    assert seals.unseal(seals.seal("new")) == "new"


def test_a_file_that_holds_no_key_ends_the_start_in_words(store: Store) -> None:
    store.data.secrets_key.write_text("no key\n")
    with pytest.raises(StartError, match="holds no key: put it back from a backup, or move it away"):
        open_seals(store)
