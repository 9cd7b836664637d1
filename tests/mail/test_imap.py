"""Mailboxes by IMAP, on a real dovecot: what is asked of them, and what is done to mails."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from actors.egress.rules import Rules, read_listed
from actors.mail.errors import MailboxAway, MailboxRefused, MailFailed, NoFolder
from actors.mail.imap import ImapMailbox
from actors.mail.settings import MailboxSettings
from actors.mail.signing_in import sign_in
from actors.store.nouns.mail import AccountId, MailAction, MailFilters, Proof, RuleFacts, Security
from tests.dovecot import PASSWORD, UMLAUTS, Dovecot, Mailbox, running_dovecot
from tests.egress.hosts import host
from tests.letters.writing import mail, with_file
from tests.mail.token_server import token_server

SETTINGS = MailboxSettings(Rules(internal=True), seconds=10)
TODAY = datetime.now(UTC).date()
ANY = MailFilters(most_days=0)


@pytest.fixture
def box(mailbox: Mailbox) -> Iterator[ImapMailbox]:
    with closing(sign_in(mailbox.facts, PASSWORD, SETTINGS)) as opened:
        yield opened


def subjects(box: ImapMailbox, filters: MailFilters = ANY, first: int = 1) -> list[str]:
    return [head.letter.subject for head in box.heads(box.search(filters, first, TODAY))]


def rule(action: MailAction, parameter: str = "") -> RuleFacts:
    return RuleFacts("bills", AccountId(1), action=action, parameter=parameter)


def test_mails_are_found_by_what_the_server_understands(mailbox: Mailbox, box: ImapMailbox) -> None:
    mailbox.deliver(
        mail("Invoice 7", Cc="tax@example.net"), mail("Grüße", sender="Jörg Groß <j@example.org>", text="Straße"), mail("Other")
    )
    box.open("INBOX", to_change=False)
    assert subjects(box) == ["Invoice 7", "Grüße", "Other"]
    assert subjects(box, replace(ANY, subject="VOICE")) == ["Invoice 7"]
    assert subjects(box, replace(ANY, subject="grüße", sender="Groß", body="Straße")) == ["Grüße"]
    assert subjects(box, replace(ANY, recipient="tax@")) == ["Invoice 7"]
    assert subjects(box, replace(ANY, sender='a"b\\c')) == []
    assert subjects(box, ANY, first=3) == ["Other"]
    assert subjects(box, ANY, first=4) == []
    assert [head.letter.subject for head in box.heads(box.newest(2))] == ["Grüße", "Other"]
    assert box.find("<1@example.org>") == [1, 2, 3]


def test_a_line_break_in_a_filter_gives_no_second_command(mailbox: Mailbox, box: ImapMailbox) -> None:
    mailbox.deliver(mail())
    box.open("INBOX", to_change=True)
    assert subjects(box, replace(ANY, subject='x"\r\na STORE 1 +FLAGS (\\Deleted)\r\n')) == ["Invoice 7"]
    assert mailbox.flags() == [frozenset()]


def test_old_mails_are_not_asked_for(mailbox: Mailbox, box: ImapMailbox) -> None:
    mailbox.deliver(mail())
    box.open("INBOX", to_change=False)
    assert [box.search(MailFilters(most_days=days), 1, date(2100, 1, 1)) for days in (0, 30)] == [[1], []]


def test_heads_tell_what_a_mail_is_made_of_and_mark_nothing_as_read(mailbox: Mailbox, box: ImapMailbox) -> None:
    mailbox.deliver(with_file(mail(), "invoice.pdf"))
    box.open("INBOX", to_change=True)
    (head,) = box.heads([1, 99])
    assert [(leaf.mime_type, leaf.name, leaf.attached) for leaf in head.leaves] == [
        ("text/plain", "", False),
        ("application/pdf", "invoice.pdf", True),
    ]
    assert (head.letter.sender, head.letter.message_id, head.size > 300) == ("erika@example.org", "<1@example.org>", True)
    assert mailbox.flags() == [frozenset()]


def test_a_mail_is_saved_byte_by_byte_and_not_marked_as_read(mailbox: Mailbox, box: ImapMailbox, tmp_path: Path) -> None:
    sent = bytes(with_file(mail(), "scan.pdf", os.urandom(3 << 20))).replace(b"\n", b"\r\n")
    mailbox.deliver(sent)
    box.open("INBOX", to_change=True)
    (head,) = box.heads([1])
    box.save(head, tmp_path / "mail.eml")
    assert (tmp_path / "mail.eml").read_bytes() == sent
    assert mailbox.flags() == [frozenset()]


def test_a_mail_that_is_gone_can_not_be_saved(mailbox: Mailbox, box: ImapMailbox, tmp_path: Path) -> None:
    mailbox.deliver(mail())
    box.open("INBOX", to_change=True)
    (head,) = box.heads([1])
    with pytest.raises(MailFailed, match="no longer in the folder"):
        box.save(replace(head, uid=9), tmp_path / "mail.eml")


def test_folders_are_called_as_people_call_them(mailbox: Mailbox, box: ImapMailbox) -> None:
    mailbox.create("Gesch&AOQ-ft.Rechnungen")
    mailbox.deliver(mail(), folder="Gesch&AOQ-ft.Rechnungen")
    assert box.folders() == ["Geschäft.Rechnungen", "INBOX"]
    box.open("Geschäft.Rechnungen", to_change=False)
    assert subjects(box) == ["Invoice 7"]


def test_a_folder_that_is_not_there_is_named(box: ImapMailbox) -> None:
    with pytest.raises(NoFolder, match="“Bills”"):
        box.open("Bills", to_change=True)


def test_a_folder_that_is_only_looked_at_is_not_changed(mailbox: Mailbox, box: ImapMailbox) -> None:
    mailbox.deliver(mail())
    box.open("INBOX", to_change=False)
    with suppress(MailFailed):
        box.act(1, rule(MailAction.DELETE))
    assert mailbox.flags() == [frozenset()]


@pytest.mark.parametrize(
    ("action", "parameter", "flags"),
    [
        (MailAction.NOTHING, "", set()),
        (MailAction.MARK_READ, "", {"\\Seen"}),
        (MailAction.FLAG, "", {"\\Flagged"}),
        (MailAction.TAG, "in Scriba", {"in_Scriba"}),
        (MailAction.TAG, "Büro", {"B&APw-ro"}),
        (MailAction.TAG, "apple:red", {"\\Flagged"}),
        (MailAction.TAG, "apple:green", {"\\Flagged", "$MailFlagBit0", "$MailFlagBit1"}),
        (MailAction.TAG, "apple:gray", {"\\Flagged", "$MailFlagBit1", "$MailFlagBit2"}),
    ],
)
def test_a_mail_is_marked_as_the_rule_says_and_once_more_is_no_harm(
    mailbox: Mailbox, box: ImapMailbox, action: MailAction, parameter: str, flags: set[str]
) -> None:
    mailbox.deliver(mail("one"), mail("two"))
    box.open("INBOX", to_change=True)
    for _ in range(2):
        box.act(1, rule(action, parameter))
    assert mailbox.flags() == [flags, frozenset()]


def test_a_colour_takes_the_place_of_another(mailbox: Mailbox, box: ImapMailbox) -> None:
    mailbox.deliver(mail())
    box.open("INBOX", to_change=True)
    for colour in ("gray", "orange"):
        box.act(1, rule(MailAction.TAG, f"apple:{colour}"))
    assert mailbox.flags() == [{"\\Flagged", "$MailFlagBit0"}]


@pytest.mark.parametrize("parameter", ["apple:pink", "a(b", 'a"b', "\\Seen"])
def test_what_is_no_keyword_is_refused_in_words(mailbox: Mailbox, box: ImapMailbox, parameter: str) -> None:
    mailbox.deliver(mail())
    box.open("INBOX", to_change=True)
    with pytest.raises(MailFailed):
        box.act(1, rule(MailAction.TAG, parameter))
    assert mailbox.flags() == [frozenset()]


def test_a_mail_is_moved_or_removed_alone_though_others_are_marked_as_deleted(mailbox: Mailbox, box: ImapMailbox) -> None:
    mailbox.create("B&APw-ro")
    mailbox.deliver(mail("moved"), mail("somebody's"), mail("removed"))
    with mailbox.client() as client:
        client.store("2", "+FLAGS", "(\\Deleted)")
    box.open("INBOX", to_change=True)
    box.act(1, rule(MailAction.MOVE, "Büro"))
    box.act(3, rule(MailAction.DELETE))
    assert mailbox.flags() == [{"\\Deleted"}]
    assert mailbox.count("B&APw-ro") == 1


def test_a_folder_to_move_to_that_is_not_there_leaves_the_mail(mailbox: Mailbox, box: ImapMailbox) -> None:
    mailbox.deliver(mail())
    box.open("INBOX", to_change=True)
    with pytest.raises(MailFailed, match="move"):
        box.act(1, rule(MailAction.MOVE, "Nowhere"))
    assert mailbox.flags() == [frozenset()]


@pytest.mark.parametrize(("able", "left"), [("UIDPLUS", [{"\\Deleted"}]), ("", [{"\\Deleted"}, {"\\Deleted"}])])
def test_a_server_that_can_less_copies_and_never_removes_what_others_have_marked(able: str, left: list[set[str]]) -> None:
    capabilities = f"imap_capability = IMAP4rev1 {able}\n"
    with running_dovecot(f"protocol imap {{\n  {capabilities}}}\n") as server:
        mailbox = server.mailbox()
        mailbox.create("Done")
        mailbox.deliver(mail("somebody's"), mail("moved"))
        with mailbox.client() as client:
            client.store("1", "+FLAGS", "(\\Deleted)")
        with closing(sign_in(mailbox.facts, PASSWORD, SETTINGS)) as box:
            box.open("INBOX", to_change=True)
            for _ in range(2):
                box.act(2, rule(MailAction.MOVE, "Done"))
            assert any("can't be removed" in note for note in box.notes()) is (able == "")
        assert mailbox.flags() == left
        assert mailbox.count("Done") == 1


def test_new_mail_ends_the_waiting(mailbox: Mailbox, box: ImapMailbox) -> None:
    wake, _ = pipe = os.pipe()
    box.open("INBOX", to_change=True)
    assert box.wait(wake, 0.05) is False
    comes = threading.Timer(0.2, mailbox.deliver, [mail()])
    comes.start()
    assert box.wait(wake, 20) is True
    comes.join()
    assert subjects(box) == ["Invoice 7"]
    for end in pipe:
        os.close(end)


def test_mail_that_came_just_before_the_waiting_is_told(mailbox: Mailbox, box: ImapMailbox) -> None:
    wake, _ = pipe = os.pipe()
    box.open("INBOX", to_change=True)
    mailbox.deliver(mail())
    assert box.wait(wake, 20) is True
    for end in pipe:
        os.close(end)


def test_a_wake_ends_the_waiting(box: ImapMailbox) -> None:
    wake, end = os.pipe()
    box.open("INBOX", to_change=True)
    os.write(end, b"x")
    assert box.wait(wake, 20) is False
    assert box.folders() == ["INBOX"]
    os.close(wake)
    os.close(end)


def test_what_a_server_can_is_asked_of_it_after_signing_in(box: ImapMailbox) -> None:
    assert box.tells
    assert box.notes() == ("new mail is told at once", "mails are moved in one step")


def test_who_hangs_up_frees_the_thread_that_waits(box: ImapMailbox) -> None:
    wake, end = os.pipe()
    box.open("INBOX", to_change=True)
    threading.Timer(0.1, box.hang_up).start()
    with pytest.raises(MailboxAway):
        box.wait(wake, 20)
    os.close(wake)
    os.close(end)


def test_a_wrong_password_is_refused_in_the_servers_words_and_without_it(mailbox: Mailbox) -> None:
    with pytest.raises(MailboxRefused, match="Authentication failed") as refused:
        sign_in(mailbox.facts, "not this one", SETTINGS)
    assert "not this one" not in str(refused.value)


@pytest.mark.parametrize("secret", ["a\r\nb", "a\0b"])
def test_a_secret_gives_no_second_command(mailbox: Mailbox, secret: str) -> None:
    with pytest.raises(MailboxRefused, match="line breaks"):
        sign_in(mailbox.facts, secret, SETTINGS)


def test_a_password_beyond_ascii_is_sent_as_utf_8(dovecot: Dovecot) -> None:
    facts = replace(dovecot.mailbox().facts, user="jürgen")
    with closing(sign_in(facts, UMLAUTS, SETTINGS)) as box:
        assert box.folders() == ["INBOX"]


@pytest.mark.parametrize(("token", "let_in"), [("fresh", True), ("ended", False)])
def test_a_token_is_presented_as_google_and_microsoft_want_it(mailbox: Mailbox, token: str, let_in: bool) -> None:
    with token_server("fresh") as port:
        facts = replace(mailbox.facts, port=port, proof=Proof.TOKEN, user="erika@example.org")
        if let_in:
            assert sign_in(facts, token, SETTINGS).tells
        else:
            with pytest.raises(MailboxRefused, match="Invalid credentials"):
                sign_in(facts, token, SETTINGS)


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_the_way_is_encrypted_and_the_certificate_looked_at(encrypted: Dovecot, security: Security) -> None:
    port = encrypted.tls_port if security is Security.TLS else encrypted.port
    facts = replace(encrypted.mailbox().facts, security=security, port=port)
    with closing(sign_in(facts, PASSWORD, replace(SETTINGS, certificates=encrypted.authority))) as box:
        assert box.folders() == ["INBOX"]
    with pytest.raises(MailboxAway, match="not believed"):
        sign_in(facts, PASSWORD, SETTINGS)
    with pytest.raises(MailboxAway, match="not believed"):
        sign_in(replace(facts, host="127.0.0.1"), PASSWORD, replace(SETTINGS, certificates=encrypted.authority))


def test_a_server_that_offers_no_starttls_is_not_told_the_password(mailbox: Mailbox) -> None:
    with pytest.raises(MailboxRefused, match="STARTTLS"):
        sign_in(replace(mailbox.facts, security=Security.STARTTLS), PASSWORD, SETTINGS)


def test_ones_own_network_is_called_only_where_that_is_allowed(mailbox: Mailbox) -> None:
    with pytest.raises(MailboxRefused, match="email_allow_internal_hosts"):
        sign_in(mailbox.facts, PASSWORD, MailboxSettings())


def test_without_encryption_only_this_machine_is_called(mailbox: Mailbox) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only tells by which address one would go there
        except OSError:
            pytest.skip("this machine is in no network")
        address = probe.getsockname()[0]
    anybody = replace(SETTINGS, rules=Rules(internal=True, listed=read_listed([address])))
    with host(address) as visited, pytest.raises(MailboxRefused, match="without encryption"):
        sign_in(replace(mailbox.facts, host="mail.lan", port=visited.port), PASSWORD, anybody, lambda *_: [address])


def test_nobody_listens(mailbox: Mailbox) -> None:
    with pytest.raises(MailboxAway, match="localhost was not reached"):
        sign_in(replace(mailbox.facts, port=1), PASSWORD, SETTINGS)
