"""The same bytes are one document for all who may see it, and another for who may not; the file is there once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier

import pytest

from actors.store.errors import OriginalMissing
from actors.store.files.data_dir import DataDir
from actors.store.nouns.access import AccessChange, Grant, Level, Subject, SubjectKind
from actors.store.nouns.archive import Accepted, DocumentChanges, DocumentId, DocumentWarning, SourceKey, SourceKind, Successor
from actors.store.nouns.assignments import Giver
from actors.store.nouns.audit import Author, AuthorKind
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.nouns.versions import VersionFacts
from actors.store.opening import open_store
from actors.store.store import Store
from actors.store.versions.errors import FileIsThere
from tests.store.access.bringing import bring, brought
from tests.store.making import START, deliver, new_document, staged

FACTS = VersionFacts("application/pdf", "scan.pdf", 1, "", Giver.USER, "")


@dataclass(frozen=True)
class House:
    """Anna's letter, which Bert may not see."""

    store: Store
    anna: UserId
    bert: UserId
    letter: DocumentId

    def grant(self, level: Level) -> None:
        grants = (Grant(Subject(SubjectKind.USER, self.bert), level),)
        self.store.permissions.change([self.letter], AccessChange(grants=grants), None, START)

    def remove(self, document: DocumentId) -> None:
        self.store.documents.delete(document, None, START)
        self.store.documents.purge(document)

    def rest(self, document: DocumentId) -> None:
        """End the job that would read a document."""
        self.store.jobs.cancel(self.store.jobs.list([], document, None, 1)[0].id, START)

    def files(self) -> list[str]:
        return sorted(path.read_text() for path in self.store.data.originals.rglob("*") if path.is_file())


@pytest.fixture
def house(store: Store) -> House:
    anna, bert = (store.users.create(UserFacts(name, Role.EDITOR), START).id for name in ("anna", "bert"))
    return House(store, anna, bert, brought(store, "letter", anna))


def test_who_may_not_see_the_same_bytes_gets_a_document_of_his_own(house: House) -> None:
    before = house.store.documents.get(house.letter)
    own = bring(house.store, "letter", house.bert)
    assert own.document_id != house.letter
    assert (own.duplicate, own.job_id is None) == (False, False)
    seen = house.store.seen_by(house.store.permissions.viewer(house.bert))
    assert seen.documents.lookup(before.sha256, before.size_bytes) == seen.documents.get(own.document_id)
    assert house.store.documents.get(house.letter) == before
    assert house.files() == ["letter"]
    assert bring(house.store, "letter", house.bert, key="again") == Accepted(own.document_id, None, duplicate=True)


@pytest.mark.parametrize("level", Level)
def test_who_may_see_the_same_bytes_brings_a_duplicate(house: House, level: Level) -> None:
    house.grant(level)
    assert bring(house.store, "letter", house.bert) == Accepted(house.letter, None, duplicate=True)


def test_an_administrator_sees_the_same_bytes_and_an_uploader_his_own_alone(house: House) -> None:
    chief = house.store.users.create(UserFacts("chief", Role.ADMIN), START).id
    courier = house.store.users.create(UserFacts("courier", Role.UPLOADER), START).id
    everyones = deliver(house.store, "leaflet").document_id
    assert bring(house.store, "letter", chief).document_id == house.letter
    own = [brought(house.store, content, courier) for content in ("letter", "leaflet")]
    assert not {house.letter, everyones}.intersection(own)
    assert [bring(house.store, content, courier, key=content).document_id for content in ("letter", "leaflet")] == own


def test_whoever_brings_bytes_meets_his_own_document_first(house: House) -> None:
    own = brought(house.store, "letter", house.bert)
    house.grant(Level.EDIT)
    assert bring(house.store, "letter", house.bert, key="again").document_id == own
    chief = house.store.users.create(UserFacts("chief", Role.ADMIN), START).id
    house.store.documents.delete(house.letter, None, START)
    assert bring(house.store, "letter", chief).document_id == own


def test_a_machine_knows_the_whole_archive_and_makes_nothing_public(house: House) -> None:
    assert deliver(house.store, "letter", key="folder") == Accepted(house.letter, None, duplicate=True)
    house.store.permissions.change([house.letter], AccessChange(clear_owner=True), None, START)
    assert bring(house.store, "letter", house.bert).document_id == house.letter
    house.store.permissions.change([house.letter], AccessChange(owner=house.anna), None, START)
    own = brought(house.store, "letter", house.bert)
    house.store.permissions.change([own], AccessChange(clear_owner=True), None, START)
    assert deliver(house.store, "letter", key="folder again").document_id == own


def test_the_same_bytes_take_a_document_out_of_the_trash_only_for_who_may_do_so(house: House) -> None:
    house.grant(Level.VIEW)
    house.store.documents.delete(house.letter, None, START)
    own = brought(house.store, "letter", house.bert)
    assert own != house.letter
    assert house.store.documents.get(house.letter).delete_time is not None
    assert bring(house.store, "letter", house.anna, key="again").document_id == house.letter
    assert house.store.documents.get(house.letter).delete_time is None


def test_what_comes_for_everyone_is_a_duplicate_of_what_everyone_or_its_sender_sees(house: House) -> None:
    new = replace(new_document(b"letter"), author=Author(AuthorKind.USER, "bert", house.bert))
    house.store.originals.put(staged(house.store, b"letter"), new.sha256, ".pdf")
    everyones = house.store.documents.accept(new, SourceKey(SourceKind.UPLOAD, "for all"), START)
    assert (everyones.duplicate, house.store.documents.get(everyones.document_id).id == house.letter) == (False, False)
    again = replace(new, author=Author(AuthorKind.USER, "anna", house.anna))
    assert house.store.documents.accept(again, SourceKey(SourceKind.UPLOAD, "again"), START).document_id == everyones.document_id
    house.remove(everyones.document_id)
    house.store.originals.put(staged(house.store, b"letter"), new.sha256, ".pdf")
    assert house.store.documents.accept(again, SourceKey(SourceKind.UPLOAD, "and again"), START).document_id == house.letter


@pytest.mark.parametrize("first", [True, False])
def test_the_file_stays_as_long_as_one_document_needs_it(house: House, first: bool) -> None:
    own = brought(house.store, "letter", house.bert)
    goes, stays = (own, house.letter) if first else (house.letter, own)
    house.remove(goes)
    assert house.files() == ["letter"]
    assert house.store.originals.path(house.store.documents.get(stays)).read_text() == "letter"
    house.remove(stays)
    assert house.files() == []


def test_a_version_stays_as_long_as_a_document_of_somebody_else_needs_its_file(house: House) -> None:
    other = brought(house.store, "other", house.bert)
    seen = house.store.seen_by(house.store.permissions.viewer(house.bert))
    house.rest(other)
    added = seen.versions.add(other, staged(house.store, b"letter"), FACTS, START)
    assert house.files() == ["letter", "other"]
    house.rest(other)
    with pytest.raises(FileIsThere, match=rf"^document {other} has exactly this file already$"):
        seen.versions.add(other, staged(house.store, b"letter"), FACTS, START)
    house.remove(house.letter)
    assert house.files() == ["letter", "other"]
    seen.versions.delete(other, added.number, START)
    assert house.files() == ["other"]


def test_what_a_machine_adds_to_a_document_is_compared_with_what_the_same_people_see(house: House) -> None:
    mine, others = brought(house.store, "mine", house.bert), brought(house.store, "theirs", house.bert)
    house.rest(mine)
    assert house.store.versions.add(mine, staged(house.store, b"letter"), FACTS, START).document_id == mine
    house.rest(mine)
    with pytest.raises(FileIsThere, match=f"^document {others} has"):
        house.store.versions.add(mine, staged(house.store, b"theirs"), FACTS, START)


def test_parts_of_the_same_scan_are_there_for_each_who_brought_it(house: House) -> None:
    parts = dict[UserId, DocumentId]()
    for owner in (house.anna, house.bert):
        scan = brought(house.store, f"scan of {owner}", owner)
        (job,) = (job for job in house.store.jobs.lease("test", 9, START) if job.document_id == scan)
        new = new_document(b"part")
        house.store.originals.put(staged(house.store, b"part", f"part {owner}"), new.sha256, ".pdf")
        part = Successor(new, SourceKey(SourceKind.SPLIT, f"{job.id} 1"))
        (made,) = house.store.successions.split(job, scan, [part], lambda _: DocumentWarning("SPLIT", ""), START)
        assert made.duplicate is False
        parts[owner] = made.document_id
        seen = house.store.seen_by(house.store.permissions.viewer(owner))
        assert seen.successions.successors(scan) == [made.document_id]
    assert len(set(parts.values())) == 2


def test_owners_who_bring_the_same_bytes_at_the_same_moment_get_one_document_each(house: House, url: str, data: DataDir) -> None:
    stores = [open_store(url, data) for _ in range(3)]
    start = Barrier(12)

    def carry(number: int) -> tuple[UserId, DocumentId]:
        start.wait()
        owner = (house.anna, house.bert)[number % 2]
        return owner, bring(stores[number % len(stores)], "poster", owner, key=f"{number}").document_id

    with ThreadPoolExecutor(12) as threads:
        found = set(threads.map(carry, range(12)))
    for opened in stores:
        opened.close()
    assert {owner for owner, _ in found} == {house.anna, house.bert}
    assert len(found) == len({document for _, document in found}) == 2
    assert house.files() == ["letter", "poster"]


def test_a_purge_between_storing_the_same_bytes_and_writing_their_row_takes_no_file_away(house: House) -> None:
    new = replace(new_document(b"letter"), owner=house.bert)
    house.store.documents.delete(house.letter, None, START)
    house.store.originals.put(staged(house.store, b"letter"), new.sha256, ".pdf")
    house.store.documents.purge(house.letter)
    with pytest.raises(OriginalMissing):
        house.store.documents.accept(new, SourceKey(SourceKind.UPLOAD, "bert's"), START)
    own = brought(house.store, "letter", house.bert)
    assert house.store.originals.path(house.store.documents.get(own)).read_text() == "letter"


CHANGES: list[Callable[[Store, DocumentId], object]] = [
    lambda seen, one: seen.documents.update(one, DocumentChanges(title="mine", tags=("own",)), None, START),
    lambda seen, one: seen.documents.delete(one, None, START),
    lambda seen, one: seen.notes.add(one, "bert", "mine", START),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_done_to_one_of_two_documents_of_the_same_bytes_is_not_done_to_the_other(
    house: House, change: Callable[[Store, DocumentId], object]
) -> None:
    own, before = brought(house.store, "letter", house.bert), house.store.documents.get(house.letter)
    change(house.store.seen_by(house.store.permissions.viewer(house.bert)), own)
    assert house.store.documents.get(house.letter) == before
