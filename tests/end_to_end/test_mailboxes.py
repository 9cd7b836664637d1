"""From a mailbox to the archive, by the command line and a whole daemon: read, labelled, and the mail put away; once, over restarts."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from daemon.main import app
from scriba.v1.documents_pb2 import Document, DocumentState
from tests.dovecot import PASSWORD, Mailbox, running_dovecot
from tests.end_to_end.person import Person
from tests.letters.writing import mail, with_file
from tests.ocr.papers import digital_pdf
from tests.running import Daemon, running

SHOP = "Snail Shop <bills@shop.example>"


def deliver(box: Mailbox, subject: str) -> None:
    box.deliver(
        with_file(
            mail(subject, sender=SHOP, **{"Message-ID": f"<{subject}@shop.example>"}), "invoice.pdf", digital_pdf(f"Snails for {subject}")
        )
    )


def ready(person: Person, title: str) -> Document | None:
    return next((one for one in person.daemon.documents() if (one.title, one.state) == (title, DocumentState.DOCUMENT_STATE_READY)), None)


def holding_it(daemon: Daemon) -> list[Path]:
    files = (path for path in [daemon.log, *daemon.data.root.rglob("*")] if path.is_file())
    return [path for path in files if PASSWORD.encode() in path.read_bytes()]


@pytest.mark.timeout(300)
def test_mail_becomes_documents_once_and_is_put_away_when_they_are_safe(tmp_path: Path) -> None:
    with (
        running_dovecot() as server,
        running(tmp_path / "data", allowed_internal_hosts=f"localhost:{server.port}") as daemon,
        Person(daemon) as person,
    ):
        box = server.mailbox()
        box.create("Done")
        box.deliver(mail("News", sender="news@shop.example"))
        deliver(box, "Invoice 7")
        place = ("--host", "localhost", "--port", str(server.port), "--security", "none", "--user", box.user)
        assert person.type("mail", "add", "Private", *place, stdin=f"{PASSWORD}\n").code == 0
        assert person.type("mail", "test", "private").out.split() == ["Done", "INBOX"]
        filing = ("--from", "bills@", "--tag", "post", "--sender-is", "name", "--type", "Bill", "--then", "move:Done", "--days", "0")
        assert person.type("mail", "rule-add", "private", "Bills", *filing).code == 0
        person.wait_until(lambda: ready(person, "Invoice 7") is not None and box.count("Done") == 1)
        document = ready(person, "Invoice 7")
        assert document is not None
        assert (list(document.tags), document.correspondent, document.document_type) == (["post"], "Snail Shop", "Bill")
        assert "by mail, rule “Bills” of “Private”" in person.type("why", document.id).out
        assert daemon.stop() == 0
        deliver(box, "Invoice 8")
        assert CliRunner().invoke(app, ["secrets", "rotate", "--data-dir", str(daemon.folder)]).exit_code == 0
        daemon.start()
        person.wait_until(lambda: ready(person, "Invoice 8") is not None and box.count("Done") == 2)
        assert (len(daemon.documents()), box.count()) == (2, 1)
        states = [line.split()[-2:] for line in person.type("mail", "list").out.splitlines()[1:]]
        assert states == [["done", "2"], ["done", "1"]]
        assert person.type("mail", "accounts").out.splitlines()[1].startswith("1  Private")
        assert holding_it(daemon) == []
