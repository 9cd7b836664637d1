"""Files have the names that templates say; a run that is killed anywhere loses nothing, and the next one finishes."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from actors.checkup.checkup import examine
from actors.checkup.findings import Finding
from actors.checkup.messages import CheckOrder, Reported, Subject
from actors.filing.filer import Filer
from actors.filing.renaming import Renaming, Step
from actors.filing.rules import FilingRules
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.rows.revisions import document_row
from actors.store.store import Store
from tests.archives import open_archive
from tests.checkup.archive import Painter
from tests.store.making import at, document_id

RULES = FilingRules("{{ correspondent }}/{{ title }}")


@contextmanager
def archive(folder: Path) -> Iterator[Store]:
    data = DataDir(folder / "archive")
    with closing(open_archive(data)) as store:
        yield store


def rename(store: Store) -> None:
    renaming = Renaming(store, Filer(store, RULES))
    renaming.carry_out(renaming.plan())


def files(store: Store) -> dict[str, str]:
    """Give what stands in each file below the folder of names."""
    return {str(path.relative_to(store.data.named)): path.read_text() for path in sorted(store.data.named.rglob("*")) if path.is_file()}


def change(store: Store, document: DocumentId, **changes: object) -> None:
    store.documents.update(document, DocumentChanges(**changes), None, at(1))  # type: ignore[arg-type]  # each test names its fields


def bind(store: Store, document: DocumentId, text: str) -> None:
    """Give a document an archive file, as the binder and the pipeline do."""
    store.data.archive_file(document).write_text(text)
    with store.database.write() as session:
        document_row(session, document).has_archive = True


def test_files_get_the_names_of_their_documents(store: Store) -> None:
    bill = document_id(store, "bill")
    change(store, bill, correspondent="ACME")
    document_id(store, "one", title="letter")
    document_id(store, "two", title="letter")
    rename(store)
    assert files(store) == {
        "originals/ACME/bill.pdf": "bill",
        "originals/none/letter.pdf": "one",
        "originals/none/letter_01.pdf": "two",
    }
    named, original = store.data.named / "originals/ACME/bill.pdf", store.originals.path(store.documents.get(bill))
    assert named.samefile(original)
    plan = Renaming(store, Filer(store, RULES)).plan()
    assert (plan.clear, plan.give, plan.drop) == ((), {}, ())


def test_names_follow_and_leave_no_empty_folder(store: Store) -> None:
    bill, letter = document_id(store, "bill"), document_id(store, "letter")
    change(store, bill, correspondent="ACME")
    rename(store)
    store.catalog.labels.update(store.catalog.labels.find(LabelKind.CORRESPONDENT, "ACME").id, LabelFacts("New Co"), None, at(2))
    change(store, letter, title="bill")
    rename(store)
    assert files(store) == {"originals/New Co/bill.pdf": "bill", "originals/none/bill.pdf": "letter"}
    assert not (store.data.named / "originals/ACME").exists()
    change(store, bill, title="letter", correspondent="")
    rename(store)
    assert files(store) == {"originals/none/bill.pdf": "letter", "originals/none/letter.pdf": "bill"}


def test_documents_that_change_names_with_each_other_get_them(store: Store) -> None:
    first, second = document_id(store, "first"), document_id(store, "second")
    rename(store)
    change(store, first, title="second")
    change(store, second, title="first")
    rename(store)
    assert files(store) == {"originals/none/first.pdf": "second", "originals/none/second.pdf": "first"}


def test_archive_files_have_names_too_and_a_new_one_takes_the_place(store: Store) -> None:
    bill = document_id(store, "bill")
    bind(store, bill, "searchable")
    rename(store)
    assert files(store) == {"archive/none/bill.pdf": "searchable", "originals/none/bill.pdf": "bill"}
    draft = store.data.archive / "draft"
    draft.write_text("read again")
    draft.replace(store.data.archive_file(bill))
    rename(store)
    assert files(store)["archive/none/bill.pdf"] == "read again"


def test_what_is_purged_is_gone_under_every_name(store: Store) -> None:
    bill = document_id(store, "bill")
    rename(store)
    store.documents.delete(bill, None, at(2))
    store.documents.purge(bill)
    assert files(store) == {}
    assert store.named_files.noted() == {}


def test_files_of_other_people_are_left_alone(store: Store) -> None:
    document_id(store, "bill")
    mine = store.data.named / "originals/none/BILL.pdf"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    rename(store)
    assert files(store) == {"originals/none/BILL.pdf": "mine", "originals/none/bill_01.pdf": "bill"}


def test_names_that_somebody_removed_come_back(store: Store) -> None:
    document_id(store, "bill")
    rename(store)
    (store.data.named / "originals/none/bill.pdf").unlink()
    rename(store)
    assert files(store) == {"originals/none/bill.pdf": "bill"}


def test_a_plan_changes_no_file(store: Store) -> None:
    document_id(store, "bill")
    plan = Renaming(store, Filer(store, RULES)).plan()
    assert list(plan.give) == ["originals/none/bill.pdf"]
    assert not store.data.named.exists()


def rename_until_killed(folder: Path, step: Step) -> None:
    def reach(reached: Step) -> None:
        if reached is step:
            os.kill(os.getpid(), signal.SIGKILL)

    with archive(folder) as store:
        renaming = Renaming(store, Filer(store, RULES), reach)
        renaming.carry_out(renaming.plan())


@pytest.mark.parametrize("step", Step)
def test_a_killed_run_leaves_a_sound_archive_and_the_next_one_finishes(tmp_path: Path, step: Step) -> None:
    with archive(tmp_path) as store:
        first, second, third = (document_id(store, name) for name in ("first", "second", "third"))
        rename(store)
        change(store, first, title="second")
        change(store, second, title="first")
        change(store, third, title="other")
    killed = multiprocessing.get_context("spawn").Process(target=rename_until_killed, args=(tmp_path, step))
    killed.start()
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    with archive(tmp_path) as store:
        assert problems(store) == []
        assert [store.originals.path(store.documents.get(one)).read_text() for one in (first, second, third)] == [
            "first",
            "second",
            "third",
        ]
        assert set(files(store)) - store.named_files.noted().keys() == set()
        rename(store)
        assert files(store) == {
            "originals/none/first.pdf": "second",
            "originals/none/other.pdf": "third",
            "originals/none/second.pdf": "first",
        }
        assert store.named_files.noted().keys() == files(store).keys()


def problems(store: Store) -> list[Finding]:
    """Look at all files as `scribad check` does."""
    order = CheckOrder(subjects=(Subject.ORIGINALS, Subject.FILES, Subject.SPOOL), daemon_works=False)
    told = examine(store, Painter(), partial(datetime.now, UTC), order)
    return [one.finding for one in told if isinstance(one, Reported)]
