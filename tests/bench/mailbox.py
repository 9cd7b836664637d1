"""What it costs to find a hundred mails among ten thousand, beside fetching all of them to look."""

import imaplib
import logging
import os
import random
import shutil
import ssl
from base64 import encodebytes
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import structlog

from actors.letters.letter import read_letter
from actors.mail.choosing import choose
from actors.mail.delivering import Delivery
from actors.store.files.data_dir import DataDir
from actors.store.nouns.mail import MailFilters, MailKey
from tests.archives import open_archive
from tests.bench.report import Figures, Report
from tests.dovecot import PASSWORD, Dovecot, Mailbox, running_dovecot
from tests.mail.cutting import Way, way_to
from tests.mail.post_office import PostOffice

MAILS = 10_000
EACH_MATCHES = 100
EACH_HAS_A_FILE = 10
WORDS_BYTES = 12_000
FILE_BYTES = 60_000
WANTED = "Invoice"
Task = Callable[[str, int, Path], int]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a way took: `peak_bytes` above what its process held before."""

    seconds: float
    peak_bytes: int
    answered_bytes: int


def measure(folder: Path) -> Report:
    """Look through one mailbox in both ways, each as if for the first time, then once more in ours, when nothing new is there."""
    with running_dovecot() as server:
        first, second = server.mailbox(), server.mailbox()
        for mailbox in (first, second):
            fill(server, mailbox)
        with way_to(server.port) as way:
            naive = cost(way, first.user, folder / "naive", fetch_all)
            ours, again = (cost(way, second.user, folder / "ours", take) for _ in range(2))
    return {
        "mail": {
            "mails": MAILS,
            "matching": MAILS // EACH_MATCHES,
            "ours": shown(ours),
            "again": shown(again),
            "fetching_all": shown(naive),
            "ratio_to_fetching_all_bytes": naive.answered_bytes / ours.answered_bytes,
            "ratio_to_fetching_all_seconds": naive.seconds / ours.seconds,
        }
    }


def shown(cost: Cost) -> Figures:
    """Give what a way took in the units of a report."""
    return {"seconds": cost.seconds, "fetched_mb": cost.answered_bytes / 1e6, "peak_mib": cost.peak_bytes / 2**20}


def fill(server: Dovecot, mailbox: Mailbox) -> None:
    """Put the mails where the server finds them: by IMAP it would take longer than all else."""
    with mailbox.client():
        pass  # so that the folder is made as the server wants it
    folder = server.folder / "mail" / mailbox.user / "new"
    chance = random.Random(7)
    for number in range(MAILS):
        path = folder / f"{1_700_000_000 + number}.{number}.here"
        path.write_bytes(mail(number, chance))
        if os.geteuid() == 0:
            shutil.chown(path, folder.owner())


def mail(number: int, chance: random.Random) -> bytes:
    """Write a mail; of those with files, every tenth is wanted."""
    subject = f"{WANTED} {number}" if number % EACH_MATCHES == 0 else f"News {number}"
    head = f"From: shop@example.org\r\nTo: us@example.net\r\nSubject: {subject}\r\nMessage-ID: <{number}@example.org>\r\n"
    head += 'Date: Mon, 02 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    words = "".join(chance.choices("abcdefghij     \n", k=WORDS_BYTES)).replace("\n", "\r\n")
    body = f"--b\r\nContent-Type: text/plain\r\n\r\n{words}\r\n"
    if number % EACH_HAS_A_FILE == 0:
        content = encodebytes(b"%PDF-1.7 " + chance.randbytes(FILE_BYTES)).decode("ascii").replace("\n", "\r\n")
        body += f'--b\r\nContent-Type: application/pdf; name="{number}.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n{content}'
    return f"{head}{body}--b--\r\n".encode("ascii")


def cost(way: Way, user: str, folder: Path, task: Task) -> Cost:
    """Look through a mailbox in a process of its own."""
    before = way.answered_bytes
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(ready).result()
        begun = perf_counter()
        peak = pool.submit(task, user, way.port, folder).result()
        return Cost(perf_counter() - begun, peak, way.answered_bytes - before)


def ready() -> None:
    """Do nothing, but in a process that has begun."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@contextmanager
def office_of(user: str, port: int, folder: Path) -> Iterator[PostOffice]:
    """Open an archive with the rule for that mailbox."""
    store = open_archive(DataDir(folder))
    office = PostOffice(store, Mailbox(Dovecot(folder, port, 0, ssl.create_default_context(), folder), user))
    if not store.mail_rules.list():
        office.rule(filters=MailFilters(subject=WANTED, most_days=0))
    yield office
    assert store.documents.count(deleted=False) == MAILS // EACH_MATCHES
    store.close()


def take(user: str, port: int, folder: Path) -> int:
    """Visit the mailbox as the postman does, and tell the memory that it took."""
    with office_of(user, port, folder) as office:
        before = begin_to_watch()
        office.visit()
        return peak() - before


def fetch_all(user: str, port: int, folder: Path) -> int:
    """Fetch each mail to see whether it is wanted, and take it into the archive then; tell the memory that it took."""
    with office_of(user, port, folder) as office, imaplib.IMAP4("127.0.0.1", port) as client:
        before, [rule] = begin_to_watch(), office.store.mail_rules.list()
        delivery = Delivery(office.store, office.accept, office.account.facts)
        client.login(user, PASSWORD)
        client.select(readonly=True)
        for uid in client.uid("SEARCH", "ALL")[1][0].split():
            data = client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1][0][1]
            letter = read_letter(data)
            if (choice := choose(rule.facts, letter, office.now)).matched:
                delivery.take(MailKey(office.account.id, "INBOX", 1, int(uid)), rule, choice, letter, data)
        return peak() - before


def begin_to_watch() -> int:
    """Forget what the process once held, and tell what it holds now."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak() -> int:
    """Tell the most bytes that the process has held since."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024
