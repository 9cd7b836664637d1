"""E-mails and webhooks go out after all is kept, again where that may help, and end where a person sees it."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from actors.egress.client import Bounds
from actors.egress.rules import Rules
from actors.errands.calling import bounds_for
from actors.errands.mailing import Attachment
from actors.errands.sending import PAUSES, Sender
from actors.errands.settings import Encryption, ErrandSettings, MailSettings, WebhookSettings
from actors.ocr.files.locks import unlock_document
from actors.sealing.seals import Seals, new_key
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.workflows import CallWebhook, Deeds, Errand, Order, SendEmail, Trigger, TriggerKind, WorkflowFacts, WorkflowId
from actors.store.store import Store
from tests.archives import open_archive
from tests.egress.hosts import Names
from tests.errands.servers import MailSink, WebSink, mail_sink, web_sink
from tests.store.making import START, document_id

EMAIL = SendEmail(("ann@example.org", "bob@example.org"), "A letter for you – ü", "It came today.")


@dataclass
class Bench:
    """A store, a clock that the test moves, and a sender."""

    store: Store
    mail: MailSink
    web: WebSink
    now: datetime = START
    settings: ErrandSettings = field(default_factory=ErrandSettings)
    seals: Seals = field(default_factory=lambda: Seals([new_key()]))

    def __post_init__(self) -> None:
        mail = MailSettings("127.0.0.1", self.mail.port, sender="archive@example.org", seconds=5.0)
        self.settings = ErrandSettings(mail, WebhookSettings(Rules(internal=True)))
        self.workflow = self.store.workflows.create(WorkflowFacts("tell", True, (Trigger(TriggerKind.DOCUMENT_ADDED),))).id
        self.document = document_id(self.store)

    def want(self, order: Order) -> None:
        errand = Errand(self.workflow, "tell", order)
        self.store.workflows.carry_out(self.document, Deeds(ran=(self.workflow,), errands=(errand,)), self.now)

    def send(self) -> int:
        lookup = Names([["127.0.0.1"]])
        return Sender(self.store, self.settings, unlock_document, self.seals, lambda: self.now, lookup).send_due()

    def url(self, path: str = "/hook") -> str:
        return f"http://hooks.example:{self.web.port}{path}"

    @property
    def told(self) -> list[str]:
        return [warning.message for warning in self.store.documents.get(self.document).warnings]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    data = DataDir(tmp_path / "data")
    store = open_archive(data)
    with mail_sink() as mail, web_sink() as web:
        yield Bench(store, mail, web)
    store.close()


def test_an_email_is_sent_once_with_the_document(bench: Bench) -> None:
    bench.want(replace(EMAIL, attach=True))
    assert bench.mail.raw == []
    assert (bench.send(), bench.send()) == (1, 0)
    (message,) = bench.mail.messages
    assert (message["From"], message["To"]) == ("archive@example.org", "ann@example.org, bob@example.org")
    assert message["Subject"] == EMAIL.subject
    body = message.get_body()
    assert body is not None
    assert body.get_content().strip() == "It came today."
    (attachment,) = message.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content_type()) == ("scan.pdf", "application/pdf")
    assert attachment.get_content() == b"letter"
    assert bench.told == []


def test_who_is_set_signs_in(bench: Bench) -> None:
    bench.settings = replace(bench.settings, mail=replace(bench.settings.mail, user="me", password="s3cret"))
    bench.want(EMAIL)
    bench.send()
    assert len(bench.mail.signed_in) == 1


def test_a_mail_server_that_is_away_is_tried_again_and_then_a_warning(bench: Bench) -> None:
    bench.settings = replace(bench.settings, mail=replace(bench.settings.mail, port=1, user="me", password="s3cret"))
    bench.want(EMAIL)
    for pause in PAUSES:
        assert bench.send() == 1
        assert bench.send() == 0
        assert bench.told == []
        bench.now += pause
    assert (bench.send(), bench.send()) == (1, 0)
    (words,) = bench.told
    assert words.startswith("The workflow 'tell': the mail server 127.0.0.1:1 was not reached: ")
    assert words.endswith("given up after 4 tries")
    assert "s3cret" not in words
    assert bench.store.workflows.get(bench.workflow).error in words
    assert bench.store.documents.get(bench.document).delete_time is None


def test_a_mail_server_that_comes_back_gets_what_waited(bench: Bench) -> None:
    bench.mail.recipient_answer = "451 try later"
    bench.want(EMAIL)
    bench.send()
    bench.mail.recipient_answer = "250 ok"
    bench.now += timedelta(seconds=10)
    assert bench.send() == 1
    assert len(bench.mail.messages) == 1
    assert bench.told == []


def test_a_recipient_who_is_refused_for_good_is_told_at_once(bench: Bench) -> None:
    bench.mail.recipient_answer = "550 nobody of this name"
    bench.want(EMAIL)
    assert (bench.send(), bench.send()) == (1, 0)
    (words,) = bench.told
    assert "refused the e-mail: 550 nobody of this name" in words


def test_a_server_that_knows_no_encryption_gets_no_password(bench: Bench) -> None:
    secret = replace(bench.settings.mail, user="me", password="s3cret", encryption=Encryption.STARTTLS)
    bench.settings = replace(bench.settings, mail=secret)
    bench.want(EMAIL)
    bench.send()
    assert bench.mail.signed_in == []
    assert "did not let us in" in bench.told[0]


@pytest.mark.parametrize(
    ("order", "kind", "body"),
    [
        (CallWebhook("", (("title", "ü & more"), ("id", "7"))), "application/x-www-form-urlencoded", b"title=%C3%BC+%26+more&id=7"),
        (CallWebhook("", (("title", "x"),), as_json=True), "application/json", b'{"title":"x"}'),
        (CallWebhook("", body='{"a": [1]}', as_json=True), "application/json", b'{"a":[1]}'),
        (CallWebhook("", body="plain"), "", b"plain"),
    ],
)
def test_a_webhook_gets_its_parameters_or_its_body(bench: Bench, order: CallWebhook, kind: str, body: bytes) -> None:
    bench.want(replace(order, url=bench.url("/hook?a=b"), headers=(("X-Token", bench.seals.seal("t")),)))
    assert (bench.send(), bench.send()) == (1, 0)
    (call,) = bench.web.calls
    assert (call.path, call.headers.get("content-type", ""), call.headers["x-token"]) == ("/hook?a=b", kind, "t")
    assert call.headers["host"] == f"hooks.example:{bench.web.port}"
    assert call.body == body or json.loads(call.body) == json.loads(body)


def test_a_header_that_can_not_be_unsealed_is_told_and_nothing_is_called(bench: Bench) -> None:
    bench.want(CallWebhook(bench.url(), headers=(("X-Token", Seals([new_key()]).seal("s3cret")),)))
    bench.want(CallWebhook(bench.url("/other")))
    bench.send()
    assert [call.path for call in bench.web.calls] == ["/other"]
    assert bench.told == [
        "The workflow 'tell': a secret of it can't be read: secrets/secrets.key is not the key that sealed it: "
        "put that key back, or enter the secret again"
    ]


@pytest.mark.parametrize("value", ["s3cret\r\nX-Evil: 1", " s3cret", "s3cret\0", "s3cretü€"])
def test_a_header_that_can_not_be_sent_is_told_without_its_value(bench: Bench, value: str) -> None:
    bench.want(CallWebhook(bench.url(), headers=(("X-Token", bench.seals.seal(value)),)))
    bench.send()
    (words,) = bench.told
    assert words == "The workflow 'tell': webhook refused: its headers can't be sent: HTTP allows no such characters"
    assert bench.web.calls == []


def test_what_a_workflow_says_of_the_connection_itself_is_left_out(bench: Bench) -> None:
    own = [("host", "other.example"), ("Content-Length", "9"), ("Transfer-Encoding", "chunked"), ("X-Told", "t")]
    bench.want(CallWebhook(bench.url(), body="plain", headers=tuple((name, bench.seals.seal(value)) for name, value in own)))
    bench.send()
    (call,) = bench.web.calls
    assert (call.headers["host"], call.headers["content-length"], call.headers["x-told"]) == (f"hooks.example:{bench.web.port}", "5", "t")
    assert "transfer-encoding" not in call.headers


def test_a_webhook_gets_the_document_as_a_file(bench: Bench) -> None:
    bench.want(CallWebhook(bench.url(), (("title", "x"),), attach=True))
    bench.send()
    (call,) = bench.web.calls
    assert call.headers["content-type"].startswith("multipart/form-data")
    assert b'name="title"' in call.body
    assert b'name="file"; filename="scan.pdf"' in call.body


def test_a_big_document_has_more_time_on_its_way(tmp_path: Path) -> None:
    big = tmp_path / "big.pdf"
    big.touch()
    os.truncate(big, 25_000_000)
    bounds = Bounds(seconds=5.0)
    assert bounds_for(bounds, Attachment(big, "big.pdf", "application/pdf")) == replace(bounds, sending_seconds=100.0)
    assert bounds_for(bounds, None) == bounds


@pytest.mark.parametrize(("status", "tries"), [(500, 4), (429, 4), (404, 1), (302, 1)])
def test_what_a_webhook_answers_says_whether_it_is_called_again(bench: Bench, status: int, tries: int) -> None:
    bench.web.status = status
    bench.want(CallWebhook(bench.url()))
    for _ in range(6):
        bench.send()
        bench.now += timedelta(hours=1)
    assert [call.path for call in bench.web.calls] == ["/hook"] * tries
    assert f"the webhook at hooks.example answered {status}" in bench.told[0]


def test_a_private_network_is_refused_unless_it_is_allowed(bench: Bench) -> None:
    bench.settings = replace(bench.settings, webhooks=WebhookSettings())
    bench.want(CallWebhook(bench.url()))
    bench.send()
    assert bench.web.calls == []
    assert bench.told == [
        "The workflow 'tell': webhook refused: hooks.example is no host of the internet (allowed_internal_hosts can name it, "
        "or webhooks_allow_internal_requests = true lets webhooks call all of them)"
    ]


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (Rules(schemes=("https",), internal=True), "only https may be called, and not http (see webhooks_allowed_schemes)"),
        (Rules(ports=(443,), internal=True), "may not be called (see webhooks_allowed_ports)"),
    ],
)
def test_schemes_and_ports_are_those_that_are_allowed(bench: Bench, rules: Rules, words: str) -> None:
    bench.settings = replace(bench.settings, webhooks=WebhookSettings(rules))
    bench.want(CallWebhook(bench.url()))
    bench.send()
    assert bench.web.calls == []
    assert words in bench.told[0]


def test_errands_of_a_purged_document_are_forgotten(bench: Bench) -> None:
    bench.want(EMAIL)
    bench.store.documents.delete(bench.document, None, START)
    bench.store.documents.purge(DocumentId(bench.document))
    assert bench.send() == 0


def test_a_workflow_that_is_deleted_meanwhile_has_its_email_sent(bench: Bench) -> None:
    bench.want(EMAIL)
    bench.store.workflows.delete(WorkflowId(bench.workflow), None)
    assert bench.send() == 1
    assert len(bench.mail.messages) == 1
