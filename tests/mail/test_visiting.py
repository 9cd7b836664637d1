"""Visits of a real mailbox: each mail is taken once and whole, touched only then, and never skipped for ever."""

import random
import tempfile
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from actors.intake.errors import StorageFailed
from actors.intake.mail_parts import mailed_time
from actors.intake.messages import AcceptUpload, UploadAccepted
from actors.intake.settings import IntakeSettings
from actors.mail.errors import ArchiveAway, NoFolder
from actors.mail.ports import Mailbox
from actors.mail.visiting import Desk, Visit
from actors.store.nouns.archive import SourceKind
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.mail import CorrespondentFrom, Filing, MailAction, MailFilters, MailState, Scope, TitleFrom
from tests.dovecot import Dovecot
from tests.letters.writing import mail, with_file, with_picture
from tests.mail.post_office import ANY_AGE, PostOffice

READ = frozenset({"\\Seen"})
UNREAD: frozenset[str] = frozenset()


def bill(number: int, **headers: str) -> bytes:
    headers = {"Message-ID": f"<{number}@shop.example>", **headers}
    return bytes(with_file(mail(f"Invoice {number}", **headers), f"invoice-{number}.pdf", b"%%PDF-1.7 %d" % number))


def test_files_of_mails_become_documents_with_what_the_rule_gives_and_the_mails_are_marked(office: PostOffice) -> None:
    labels = office.store.catalog.labels
    tag, kind, path = (
        labels.create(kind, LabelFacts(name)).id
        for kind, name in ((LabelKind.TAG, "post"), (LabelKind.DOCUMENT_TYPE, "invoice"), (LabelKind.STORAGE_PATH, "bills"))
    )
    filing = Filing(TitleFrom.SUBJECT, CorrespondentFrom.NAME, tags=(tag,), document_type=kind, storage_path=path)
    rule = office.rule(filing=filing)
    office.mailbox.deliver(bill(1), mail("no file", text="only words"))
    office.visit()
    [document] = office.documents
    assert (document.title, document.original_filename, document.tags) == ("Invoice 1", "invoice-1.pdf", ("post",))
    named = [label and label.name for label in (document.correspondent, document.document_type, document.storage_path)]
    assert named == ["Erika Muster", "invoice", "bills"]
    assert office.store.originals.path(document).read_bytes() == b"%PDF-1.7 1"
    delivery = office.store.documents.delivery(document.id)
    assert delivery is not None
    assert delivery.kind is SourceKind.MAIL
    [entry] = office.mails
    assert (entry.state, entry.rule, entry.documents, entry.head.subject) == (MailState.DONE, rule.id, (document.id,), "Invoice 1")
    assert office.mailbox.flags() == [READ, UNREAD]


def test_a_second_visit_takes_only_what_has_come_since(office: PostOffice) -> None:
    office.rule()
    office.mailbox.deliver(bill(1))
    office.visit()
    office.visit()
    office.mailbox.deliver(bill(2))
    office.visit()
    assert office.titles == ["Invoice 1", "Invoice 2"]
    assert office.states == [MailState.DONE] * 2


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (Scope.ATTACHMENTS, ["a.pdf", "b.pdf"]),
        (Scope.MAIL, ["Invoice 7.eml"]),
        (Scope.BOTH, ["a.pdf", "b.pdf", "Invoice 7.eml"]),
    ],
)
def test_a_rule_takes_files_the_whole_mail_or_both(office: PostOffice, scope: Scope, names: list[str]) -> None:
    sent = with_file(with_file(with_picture(mail()), "a.pdf", b"%PDF-1.7 a"), "b.pdf", b"%PDF-1.7 b")
    office.rule(scope=scope)
    office.mailbox.deliver(sent)
    office.visit()
    assert [document.original_filename for document in office.documents] == names
    if scope is not Scope.ATTACHMENTS:
        assert office.store.originals.path(office.documents[-1]).read_bytes() == bytes(sent).replace(b"\n", b"\r\n")


def test_rules_are_asked_in_their_order_and_one_may_keep_a_mail_from_those_after_it(office: PostOffice) -> None:
    first = office.rule("sevens", filters=replace(ANY_AGE, subject="7"), last=True, filing=Filing(TitleFrom.FILENAME))
    second = office.rule("all", action=MailAction.FLAG)
    office.mailbox.deliver(bill(7), bill(8))
    office.visit()
    assert office.titles == ["invoice-7", "Invoice 8"]
    assert [mail.rule for mail in office.mails] == [first.id, second.id]
    assert office.mailbox.flags() == [READ, {"\\Flagged"}]


def test_two_rules_that_mean_a_mail_make_one_document_of_a_file_and_what_moves_the_mail_comes_last(office: PostOffice) -> None:
    office.mailbox.create("Done")
    office.rule("away", action=MailAction.MOVE, parameter="Done")
    office.rule("marked", action=MailAction.FLAG)
    office.rule("gone", action=MailAction.DELETE)
    office.mailbox.deliver(bill(1))
    office.visit()
    assert (office.titles, office.states) == (["Invoice 1"], [MailState.DONE] * 3)
    assert office.mailbox.count() == 0
    assert office.mailbox.flags("Done") == [{"\\Flagged"}]


def test_a_mail_of_which_a_part_is_not_taken_is_not_touched_and_the_others_are(office: PostOffice) -> None:
    office.intake = IntakeSettings(min_free_bytes=0, max_file_bytes=1000)
    office.rule()
    office.mailbox.deliver(with_file(with_file(mail("too large"), "a.pdf"), "b.pdf", bytes(2000)), bill(2))
    office.visit()
    assert office.mailbox.flags() == [UNREAD, READ]
    assert office.states == [MailState.FAILED, MailState.DONE]
    failed = office.mails[0]
    assert ("b.pdf" in failed.error, failed.tries, failed.next_time) == (True, 1, None)
    office.intake = IntakeSettings(min_free_bytes=0)
    office.visit()
    assert office.states[0] is MailState.FAILED
    office.store.mails.retry(failed.id, office.now)
    office.visit()
    assert office.states == [MailState.DONE] * 2
    assert office.mailbox.flags() == [READ, READ]
    assert len(office.documents) == 3


def test_an_action_that_fails_is_tried_again_with_longer_and_longer_pauses_and_the_documents_stay(office: PostOffice) -> None:
    office.rule(action=MailAction.MOVE, parameter="Done")
    office.mailbox.deliver(bill(1))
    office.visit()
    [entry] = office.mails
    assert (entry.state, entry.tries, entry.next_time, len(entry.documents)) == (MailState.TAKEN, 1, office.now + timedelta(seconds=15), 1)
    office.later(timedelta(seconds=14))
    office.visit()
    assert office.mails[0].tries == 1
    office.later(timedelta(seconds=1))
    office.visit()
    assert (office.mails[0].tries, office.mails[0].next_time) == (2, office.now + timedelta(seconds=30))
    office.mailbox.create("Done")
    office.later(timedelta(seconds=30))
    office.visit()
    assert (office.states, office.mailbox.count(), office.mailbox.count("Done")) == ([MailState.DONE], 0, 1)
    assert office.titles == ["Invoice 1"]


def test_a_mail_that_somebody_took_away_meanwhile_is_told_and_not_waited_for(office: PostOffice) -> None:
    office.intake = IntakeSettings(min_free_bytes=0, max_file_bytes=2)
    office.rule()
    office.mailbox.deliver(bill(1))
    office.visit()
    office.store.mails.retry(office.mails[0].id, office.now)
    with office.mailbox.client() as client:
        client.store("1", "+FLAGS", "(\\Deleted)")
        client.expunge()
    office.visit()
    [entry] = office.mails
    assert (entry.state, entry.error, entry.next_time) == (MailState.FAILED, "it is no longer in the folder", None)


def test_a_server_that_counts_anew_has_no_mail_taken_twice(office: PostOffice) -> None:
    office.rule(scope=Scope.BOTH)
    office.mailbox.deliver(bill(1), mail("without", text="words"))
    office.visit()
    before = [document.id for document in office.documents]
    office.mailbox.number_anew()
    office.mailbox.deliver(bill(2))
    office.visit()
    assert [document.id for document in office.documents][: len(before)] == before
    assert office.titles.count("Invoice 1") == 2
    assert office.titles.count("Invoice 2") == 2
    assert len(office.documents) == 5


def test_what_a_server_that_counts_anew_had_left_to_do_is_done(office: PostOffice) -> None:
    office.rule(action=MailAction.MOVE, parameter="Done")
    office.mailbox.deliver(bill(1))
    office.visit()
    office.mailbox.number_anew()
    office.mailbox.create("Done")
    office.later(timedelta(minutes=1))
    office.visit()
    assert (office.states, office.titles) == ([MailState.DONE], ["Invoice 1"])
    assert (office.mailbox.count(), office.mailbox.count("Done")) == (0, 1)


def test_mails_of_machines_that_give_all_of_them_one_message_id_are_all_taken(office: PostOffice) -> None:
    office.rule()
    office.mailbox.deliver(*(bill(number, **{"Message-ID": "<scan@printer>"}) for number in (1, 2)))
    office.visit()
    assert office.titles == ["Invoice 1", "Invoice 2"]


def test_a_mail_that_is_retried_by_hand_comes_as_if_it_had_just_come(office: PostOffice) -> None:
    office.rule()
    office.mailbox.deliver(bill(1))
    office.visit()
    with office.mailbox.client() as client:
        client.store("1", "-FLAGS", "(\\Seen)")
    office.store.mails.retry(office.mails[0].id, office.now)
    office.visit()
    assert (office.titles, office.states, office.mailbox.flags()) == (["Invoice 1"], [MailState.DONE], [READ])


def test_rules_that_were_changed_look_at_all_mails_again(office: PostOffice) -> None:
    rule = office.rule(filters=MailFilters(subject="9", most_days=0))
    office.mailbox.deliver(bill(1), bill(9))
    office.visit()
    assert office.titles == ["Invoice 9"]
    office.store.mail_rules.update(rule.id, replace(rule.facts, filters=ANY_AGE))
    office.visit()
    assert office.titles == ["Invoice 9", "Invoice 1"]


def test_a_mail_that_cannot_be_taken_apart_fails_and_keeps_no_other_waiting(office: PostOffice) -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level) for level in range(25))
    nested += b"Content-Type: application/pdf\r\n\r\n%PDF-1.7"
    office.rule()
    office.mailbox.deliver(b"Subject: deep\r\n" + nested, bill(2))
    office.visit()
    assert office.titles == ["Invoice 2"]
    assert [(mail.head.subject, mail.state) for mail in office.mails] == [("deep", MailState.FAILED), ("Invoice 2", MailState.DONE)]


def test_an_archive_that_takes_nothing_in_ends_the_visit_and_no_mail_is_called_failed(office: PostOffice) -> None:
    def refuse(order: AcceptUpload) -> UploadAccepted:
        raise StorageFailed("the disk is gone")

    office.rule()
    office.mailbox.deliver(bill(1))
    desk = Desk(office.store, refuse, lambda: office.now)
    with office.signed_in() as box, pytest.raises(ArchiveAway, match="the disk is gone"):
        Visit(desk, box, office.account, "INBOX").make()
    assert (office.mails, office.mailbox.flags()) == ([], [UNREAD])
    office.visit()
    assert office.titles == ["Invoice 1"]


def test_a_folder_that_is_not_there_is_told(office: PostOffice) -> None:
    office.rule(folder="Rechnungen")
    with pytest.raises(NoFolder, match="Rechnungen"):
        office.visit("Rechnungen")


def test_folders_with_umlauts_are_visited_and_mails_moved_to_them(office: PostOffice) -> None:
    office.mailbox.create("Gesch&AOQ-ft")
    office.mailbox.create('"Erledigt &AOQ-"')
    office.rule(folder="Geschäft", action=MailAction.MOVE, parameter="Erledigt ä")
    office.mailbox.deliver(bill(1), folder="Gesch&AOQ-ft")
    office.visit("Geschäft")
    assert (office.titles, office.mailbox.count("Gesch&AOQ-ft"), office.mailbox.count('"Erledigt &AOQ-"')) == (["Invoice 1"], 0, 1)


def test_the_date_of_a_mail_is_known_of_its_documents(office: PostOffice) -> None:
    office.rule()
    office.mailbox.deliver(bill(1))
    office.visit()
    delivery = office.store.documents.delivery(office.documents[0].id)
    assert delivery is not None
    assert str(mailed_time(delivery)) == "2026-11-02 09:00:00+00:00"


class Meanwhile:
    """A mailbox into which a mail comes between two searches."""

    def __init__(self, box: Mailbox, come: Callable[[], None]) -> None:
        self._box, self._come = box, come

    def __getattr__(self, name: str) -> Any:
        return getattr(self._box, name)

    def search(self, filters: MailFilters, first: int, today: date) -> Sequence[int]:
        found = self._box.search(filters, first, today)
        self._come()
        return found


def test_a_mail_that_comes_between_the_searches_of_rules_is_shown_to_all(office: PostOffice) -> None:
    office.rule("tagged", action=MailAction.TAG, parameter="bill")
    office.rule("flagged", action=MailAction.FLAG)
    office.rule("read")  # a server tells of what is new at the end of a search
    with office.signed_in() as box:
        meanwhile = Meanwhile(box, lambda: None if office.mailbox.count() else office.mailbox.deliver(bill(1)))
        Visit(office.desk, cast("Mailbox", meanwhile), office.account, "INBOX").make()
    office.visit()
    assert office.mailbox.flags() == [{"bill", "\\Flagged", "\\Seen"}]


def uidvalidity(numbers: Path) -> str:
    return numbers.read_text().split()[1]


def test_an_account_takes_the_mails_of_another_mailbox_though_they_have_the_same_numbers(office: PostOffice, dovecot: Dovecot) -> None:
    office.rule()
    office.mailbox.deliver(bill(1))
    office.visit()
    other = dovecot.mailbox()
    other.deliver(bill(2))
    ours, theirs = (dovecot.folder / "mail" / box.user / "dovecot-uidlist" for box in (office.mailbox, other))
    theirs.write_text(theirs.read_text().replace(uidvalidity(theirs), uidvalidity(ours), 1))
    office.account = office.store.mail_accounts.update(office.account.id, other.facts, None)
    office.visit()
    assert office.titles == ["Invoice 1", "Invoice 2"]


def test_a_large_mail_takes_no_more_memory_than_a_few_times_its_size(office: PostOffice) -> None:
    content = b"%PDF-1.7 " + random.Random(7).randbytes(15 << 20)
    office.rule()
    office.mailbox.deliver(with_file(mail(), "scan.pdf", content))
    weight = len(content) * 4 // 3
    tracemalloc.start()
    try:
        office.visit()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert office.store.originals.path(office.documents[0]).read_bytes() == content
    assert peak < 4 * weight, peak / weight


def test_a_disk_without_room_ends_the_visit_and_no_mail_is_called_failed(office: PostOffice, tmp_path: Path) -> None:
    office.rule()
    office.mailbox.deliver(bill(1))
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path / "gone")
    try:
        with pytest.raises(ArchiveAway, match="no room"):
            office.visit()
    finally:
        tempfile.tempdir = before
    assert (office.mails, office.mailbox.flags()) == ([], [UNREAD])
