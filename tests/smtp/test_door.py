"""Mail that is sent to the archive: "250" is said when all of it is safe, and to those alone who may send."""

import asyncio
import smtplib
from email.message import EmailMessage
from ipaddress import ip_network
from pathlib import Path

import pytest

from actors.intake.errors import NoSpace, StorageFailed
from actors.runtime.errors import ActorLost
from actors.store.errors import StoreUnavailable
from actors.store.files.health import StoreHealth
from daemon.smtp.door import SmtpDoor
from daemon.smtp.gate import NOT_ALLOWED, TOO_MANY, Gate
from daemon.start_error import StartError
from tests.letters.writing import PDF, mail, with_file, with_picture
from tests.smtp.porch import MOST_FILE_BYTES, Answer, Porch, raw

SCAN = with_file(mail(subject="Scan from the hall"), "scan.pdf")
FULL = StoreHealth(writable=True, accepting=False, problem="the disk is nearly full")


async def test_each_file_of_a_mail_is_safe_before_the_sender_hears_so(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        message = with_file(with_file(with_picture(mail()), "invoice.pdf"), "terms.txt", b"in small print", "text/plain")
        assert await porch.send(message) == Answer(250, "2.6.0 safe in the archive")
        assert [(document.original_filename, porch.content(document)) for document in porch.documents()] == [
            ("invoice.pdf", PDF),
            ("terms.txt", b"in small print"),
        ]


async def test_a_document_tells_by_which_mail_it_came(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        porch.tag("invoices")
        await porch.send(SCAN, "invoices@archive.lan")
        (document,) = porch.documents()
        (given,) = [one for one in porch.store.assignments.list(document.id) if one.reason.words]
        assert (document.tags, given.reason.words) == (("invoices",), "by mail from erika@example.org at 127.0.0.1")


async def test_a_mail_without_a_file_is_a_document_itself(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        assert (await porch.send(mail(subject="The key is under the mat"))).code == 250
        (document,) = porch.documents()
        assert (document.title, document.original_filename) == ("The key is under the mat", "The key is under the mat.eml")
        assert document.mime_type == "message/rfc822"


async def test_a_mail_without_a_file_is_refused_where_it_is_not_wanted(tmp_path: Path) -> None:
    async with Porch(tmp_path, keep_mails=False) as porch:
        assert await porch.send(mail()) == Answer(554, "5.6.0 there is no file in the mail")
        assert porch.documents() == []


@pytest.mark.parametrize("message", [SCAN, mail(subject="No file")])
async def test_the_same_mail_sent_twice_makes_no_second_document(tmp_path: Path, message: EmailMessage) -> None:
    async with Porch(tmp_path) as porch:
        relayed = b"Received: from relay by archive; Sat, 28 Nov 2026 12:00:00 +0000\r\n" + bytes(message)
        answers = [await porch.send(each) for each in (message, message, relayed)]
        assert [answer.code for answer in answers] == [250, 250, 250]
        assert len(porch.documents()) == 1


async def test_two_mails_that_say_the_same_under_two_ids_are_two_documents(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        for number in (1, 2):
            await porch.send(mail(**{"Message-ID": f"<{number}@example.org>"}))
        assert len(porch.documents()) == 2


@pytest.mark.parametrize(
    ("failure", "code"),
    [(StorageFailed("the disk failed"), 451), (ActorLost("intake"), 451), (StoreUnavailable("away"), 451), (NoSpace("full"), 452)],
)
async def test_what_could_not_be_taken_in_is_sent_again_and_then_is_safe(tmp_path: Path, failure: Exception, code: int) -> None:
    async with Porch(tmp_path) as porch:
        porch.intake.failure = failure
        assert (await porch.send(SCAN)).code == code
        assert porch.documents() == []
        porch.intake.failure = None
        assert (await porch.send(SCAN)).code == 250
        assert porch.names() == ["scan.pdf"]


async def test_nothing_is_asked_for_while_the_archive_takes_nothing_in(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        porch.health = FULL
        assert await porch.send(SCAN) == Answer(452, "4.3.1 the archive takes nothing in at present; send it again later")


async def test_a_mail_at_the_limit_is_taken_and_one_byte_more_is_not(tmp_path: Path) -> None:
    async with Porch(tmp_path, max_bytes=4_000) as porch:
        for size, code in ((3_999, 250), (4_000, 250), (4_001, 552)):
            data = b"Subject: %d\r\n\r\n" % size
            data += b"x" * (size - len(data) - 2) + b"\r\n"
            assert (await porch.send(data)).code == code, size

            def without_size(client: smtplib.SMTP, data: bytes = data) -> Answer:
                client.helo()  # announces no size
                client.mail("scanner@lan")
                client.rcpt("scans@lan")
                code, words = client.data(data)
                return Answer(code, words.decode())

            assert (await porch.speak(without_size)).code == code, size
        assert len(porch.documents()) == 2


async def test_a_file_that_is_too_large_for_the_archive_is_told_so(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        files = [b"%PDF" + bytes(size - 4) for size in (MOST_FILE_BYTES - 1, MOST_FILE_BYTES, MOST_FILE_BYTES + 1)]
        answers = [await porch.send(with_file(mail(), "big.pdf", content)) for content in files]
        assert [answer.code for answer in answers] == [250, 250, 552]
        assert porch.names() == ["big.pdf"] * 2


async def test_a_line_without_an_end_and_doubled_dots_come_through_as_they_were(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        text = b".begins with a dot\r\n..with two\r\n" + b"long " * 30_000 + b"\r\n.\r\nx\r\n"
        await porch.send(b"Subject: odd\r\n\r\n" + text)
        (document,) = porch.documents()
        assert porch.content(document) == b"Subject: odd\r\n\r\n" + text


async def test_an_address_that_is_not_allowed_hears_so_and_no_more(tmp_path: Path) -> None:
    async with Porch(tmp_path, allow=(ip_network("10.0.0.0/8"),)) as porch:
        assert await asyncio.to_thread(raw, porch.port, b"") == f"{NOT_ALLOWED}\r\n".encode()


def test_the_gate_counts_all_and_those_of_one_address() -> None:
    gate = Gate((ip_network("10.0.0.0/8"), ip_network("fd00::/8")), most=3, most_of_one=2)
    assert [gate.enter("10.0.0.1") for _ in range(3)] == ["", "", TOO_MANY]
    assert [gate.enter(address) for address in ("::ffff:10.0.0.2", "fd00::1", "192.168.1.1")] == ["", TOO_MANY, NOT_ALLOWED]
    gate.leave("10.0.0.1")
    assert (gate.enter("fd00::1"), gate.inside) == ("", 3)


async def test_who_hangs_up_makes_room_for_the_next(tmp_path: Path) -> None:
    async with Porch(tmp_path, most_connections=1) as porch:
        for _ in range(3):
            assert (await porch.send(SCAN)).code == 250


async def test_a_connection_that_says_nothing_ends(tmp_path: Path) -> None:
    async with Porch(tmp_path, silent_seconds=0.05) as porch:
        heard = await asyncio.to_thread(raw, porch.port, b"")
        assert heard.startswith(b"220 ")


async def test_a_mail_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        begin = b"HELO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nSubject: half\r\n\r\nwor"

        def half() -> None:
            with smtplib.SMTP("127.0.0.1", porch.port, timeout=20) as client:
                assert client.sock is not None
                client.sock.sendall(begin)
                client.close()

        await asyncio.to_thread(half)
        assert (await porch.send(SCAN)).code == 250
        assert porch.names() == ["scan.pdf"]


async def test_recipients_beyond_the_limit_are_refused(tmp_path: Path) -> None:
    async with Porch(tmp_path, most_recipients=3) as porch:
        codes = [(await porch.send(SCAN, *(f"user{one}@lan" for one in range(count)))).code for count in (2, 3, 4)]
        assert codes == [250, 250, 452]


async def test_a_mail_that_is_not_taken_apart_is_refused(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        parts = b"".join(b"--x\r\nContent-Type: image/png\r\n\r\nx\r\n" for _ in range(501))
        answer = await porch.send(b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + parts + b"--x--\r\n")
        assert answer == Answer(554, "5.6.0 the mail is not taken apart: it has more than 500 parts")


async def test_a_port_that_is_taken_is_told_with_the_setting(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        with pytest.raises(StartError, match=f"127.0.0.1:{porch.port} .*smtp_listen"):
            await SmtpDoor(None, porch.settings, None).start()  # type: ignore[arg-type]  # nobody comes in
