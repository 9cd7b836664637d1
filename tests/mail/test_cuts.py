"""F17: wherever the connection is cut, and though the server counts anew, each file is one document and each mail is done once."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from actors.mail.errors import MailboxError
from actors.store.files.data_dir import DataDir
from actors.store.nouns.mail import MailAction, MailState, Scope
from tests.archives import open_archive
from tests.dovecot import Dovecot
from tests.faults.plugin import Trials
from tests.letters.writing import mail, with_file
from tests.mail.cutting import Cut, Way, way_to
from tests.mail.post_office import PostOffice

MAILS = 3
# What all documents of these mails are called: two files each, and the mail itself.
EXPECTED = sorted(f"{number}{name}" for number in range(MAILS) for name in ("-a.pdf", "-b.pdf", ".eml"))
ORDERS = (b"LOGIN", b"SELECT", b"SEARCH", b"BODYSTRUCTURE", b"BODY.PEEK[]", b"STORE", b"MOVE", b"EXPUNGE")
ACTIONS = (MailAction.MARK_READ, MailAction.MOVE, MailAction.DELETE)
# Of the answers of one visit without a fault.
BYTES = 16_000
MOST_VISITS = 12


def sent(number: int) -> bytes:
    message = mail(f"{number}", **{"Message-ID": f"<{number}@shop.example>"})
    for name in ("a", "b"):
        message = with_file(message, f"{number}-{name}.pdf", f"%PDF-1.7 {number} {name}".encode() * 50)
    return bytes(message)


def chosen(chance: random.Random) -> Cut:
    if chance.random() < 0.5:
        return Cut(after_bytes=chance.randrange(BYTES))
    return Cut(order=chance.choice(ORDERS), heard=chance.random() < 0.5)


def visit(office: PostOffice) -> None:
    try:
        office.visit()
    except MailboxError:
        office.later(timedelta(seconds=15))


def suffer(office: PostOffice, way: Way, chance: random.Random) -> None:
    """Visit with cuts on the way and, now and then, a server that counts anew."""
    for _ in range(chance.randint(1, 3)):
        way.plan(chosen(chance))
        visit(office)
        way.cut = None
        if chance.random() < 0.25:
            office.mailbox.number_anew()


def heal(office: PostOffice) -> None:
    """Visit until there is nothing left to do."""
    for _ in range(MOST_VISITS):
        visit(office)
        if office.mails and all(entry.state is MailState.DONE for entry in office.mails):
            return
        office.later(timedelta(minutes=15))
    raise AssertionError([(entry.state, entry.error) for entry in office.mails])


@pytest.mark.fault("F17", each=12, nightly=240)
@pytest.mark.timeout(600)
def test_wherever_the_way_is_cut_each_file_is_one_document_and_each_mail_done(dovecot: Dovecot, tmp_path: Path, trials: Trials) -> None:
    for trial in range(trials.count):
        chance = random.Random(trials.seed + trial)
        action = chance.choice(ACTIONS)
        store = open_archive(DataDir(tmp_path / str(trial)))
        with way_to(dovecot.port) as way:
            office = PostOffice(store, dovecot.mailbox())
            office.account = store.mail_accounts.update(office.account.id, replace(office.account.facts, port=way.port), None)
            office.mailbox.create("Done")
            office.rule(scope=Scope.BOTH, action=action, parameter="Done")
            office.mailbox.deliver(*map(sent, range(MAILS)))
            suffer(office, way, chance)
            heal(office)
            assert sorted(document.original_filename for document in office.documents) == EXPECTED, trial
            left = [{"\\Seen"}] * MAILS if action is MailAction.MARK_READ else []
            assert office.mailbox.flags() == left, trial
            assert office.mailbox.count("Done") == (MAILS if action is MailAction.MOVE else 0), trial
            assert list(store.data.uploads.iterdir()) == [], trial
        store.close()
        trials.tried()
