"""What stands before the @ names users and tags."""

from dataclasses import replace
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role, UserFacts, UserId
from daemon.smtp.addressing import Destination, destinations
from tests.archives import open_archive
from tests.letters.writing import mail, with_file
from tests.smtp.porch import Porch
from tests.store.making import START

ADA, BEN = UserId(1), UserId(2)


@pytest.mark.parametrize(
    ("recipients", "meant"),
    [
        (["ada@archive.lan"], [Destination(ADA)]),
        (["ADA@archive.lan"], [Destination(ADA)]),
        (["ada+invoices@archive.lan"], [Destination(ADA, ("invoices",))]),
        (["ada+invoices+to_do@archive.lan"], [Destination(ADA, ("invoices", "to do"))]),
        (["ada+nothing@archive.lan"], [Destination(ADA)]),
        (["invoices@archive.lan"], [Destination(None, ("invoices",))]),
        (["scans@archive.lan"], [Destination(None)]),
        (["gone@archive.lan"], [Destination(None)]),
        (["ada", "+@x", "@x"], [Destination(ADA), Destination(None)]),
        (["ada+invoices@x", "ada+to_do@x", "ben@x"], [Destination(ADA, ("invoices", "to do")), Destination(BEN)]),
    ],
)
def test_addresses_mean_users_and_tags(tmp_path: Path, recipients: list[str], meant: list[Destination]) -> None:
    store = open_archive(DataDir(tmp_path))
    for name in ("ada", "ben"):
        store.users.create(UserFacts(name, Role.EDITOR), START)
    store.users.create(replace(UserFacts("gone", Role.EDITOR), enabled=False), START)
    for tag in ("invoices", "to do"):
        store.catalog.labels.create(LabelKind.TAG, LabelFacts(tag))
    assert list(destinations(recipients, store, None)) == meant
    store.close()


async def test_a_mail_to_two_people_is_a_document_of_each(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        ada, ben = porch.user("ada"), porch.user("ben")
        for _ in range(2):
            assert (await porch.send(with_file(mail()), "ada@lan", "ben@lan")).code == 250
        assert [document.owner for document in porch.documents()] == [ada, ben]


async def test_a_mail_to_nobody_is_of_whom_the_dropped_files_are(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        porch.otherwise = porch.user("ada")
        await porch.send(with_file(mail()), "scans@lan")
        assert [document.owner for document in porch.documents()] == [porch.otherwise]
