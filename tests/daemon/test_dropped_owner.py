"""Who owns what is dropped is named in the settings."""

from pathlib import Path

from actors.store.files.data_dir import DataDir
from actors.store.nouns.identity import Role, UserFacts
from daemon.cast.intake import named_user
from tests.archives import open_archive
from tests.store.making import START


def test_the_owner_is_whoever_bears_the_name_when_a_file_comes(tmp_path: Path) -> None:
    store = open_archive(DataDir(tmp_path / "data"))
    assert (named_user(store, ""), named_user(store, "anna")) == (None, None)
    anna = store.users.create(UserFacts("Anna", Role.EDITOR), START)
    assert named_user(store, "anna") == anna.id
    store.users.update(anna.id, UserFacts("Anne", Role.EDITOR), None)
    assert (named_user(store, "anna"), named_user(store, "ANNE")) == (None, anna.id)
    store.close()
