"""Connects to mailboxes that may be called, and says what goes wrong there in words of ours."""

import imaplib
import select
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, UnexpectedCommandStatusError

from actors.egress.connecting import Resolve, connect, resolve
from actors.egress.errors import Declined, NotReached, Refused, Why
from actors.egress.rules import Rules

# What is asked for comes in pieces of 1 MiB; a server that sends more at once would only fill the memory.
MOST_LITERAL_BYTES = 8 << 20
# RFC 2177: who waits for longer may be taken for gone.
LONGEST_WAIT_SECONDS = 28 * 60.0
_MOST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Way:
    """How to a mailbox: encrypted by `tls` from the first byte, or from a command on where `upgrade`; without it, to this machine alone."""

    host: str
    port: int
    tls: ssl.SSLContext | None
    upgrade: bool = False
    seconds: float = 30.0


class VettedMailBox(BaseMailBox):
    """A mailbox of a host that may be called. Made within `told`."""

    client: "VettedImap"

    def __init__(self, way: Way, rules: Rules, lookup: Resolve = resolve) -> None:
        self._way, self._rules, self._lookup = way, rules, lookup
        super().__init__()

    def _get_mailbox_client(self) -> "VettedImap":
        client = VettedImap(self._way, self._rules, self._lookup)
        if self._way.tls is not None and self._way.upgrade:
            try:
                _upgrade(client, self._way.tls)
            except BaseException:  # whatever ends it, nobody else knows of the socket; raised again
                client.hang_up()
                raise
        return client

    def present_token(self, user: str, token: str) -> None:
        """Sign in by a token, as Google and Microsoft want it (XOAUTH2)."""
        answers = iter((f"user={user}\1auth=Bearer {token}\1\1".encode(),))
        # A second challenge holds the refusal; an empty answer lets the server say no.
        self.client.authenticate("XOAUTH2", lambda _: next(answers, b""))

    def learn(self) -> None:
        """Ask what the server can for who has signed in, which is more than before."""
        _, said = self.client.capability()
        # Longer than any words for a person.
        self.client.capabilities = tuple(
            b" ".join(each for each in said if isinstance(each, bytes)).decode("ascii", "replace").upper().split()
        )

    def ordered(self, *command: str | bytes) -> list[tuple[bytes, bytes] | bytes | None]:
        """Give an order that names mails by UIDs, and what came with its answer."""
        status, said = self.client.uid(*command)  # type: ignore[arg-type]  # bytes are sent as they are, and typeshed knows str alone
        if status != "OK":
            raise UnexpectedCommandStatusError((status, said), "OK")
        return list(said)


class VettedImap(imaplib.IMAP4):
    """Speaks IMAP with a host that may be called; raises Refused, and what imaplib and sockets raise."""

    def __init__(self, way: Way, rules: Rules, lookup: Resolve) -> None:
        self._way, self._rules, self._lookup = way, rules, lookup
        super().__init__(way.host, way.port, timeout=way.seconds)

    def _create_socket(self, timeout: float | None) -> socket.socket:  # noqa: ARG002  # the way has it
        way = self._way
        plain = connect(way.host, way.port, self._rules, way.seconds, self._lookup)
        try:
            plain.settimeout(way.seconds)
            if way.tls is None and not ip_address(plain.getpeername()[0].partition("%")[0]).is_loopback:
                raise Refused(Why.PLAIN, f"{way.host} is another machine: without encryption the password could be read on its way there")
            return plain if way.tls is None or way.upgrade else way.tls.wrap_socket(plain, server_hostname=way.host)
        except BaseException:  # whatever ends it, nobody else knows of the socket; raised again
            plain.close()
            raise

    def read(self, size: int) -> bytes:
        """Read so many bytes, as the server announced them."""
        if size > MOST_LITERAL_BYTES:
            raise self.abort(f"the server sends {size:,} bytes at once")
        return super().read(size)

    def wait(self, wake: int, seconds: float) -> bool:
        """Wait by IDLE until mail comes (True), `wake` can be read, or so many seconds are over."""
        end = time.monotonic() + min(seconds, LONGEST_WAIT_SECONDS)
        tag = self._command("IDLE")
        came = False
        while (line := self._get_response()) is not None:  # what came before the server began to wait; None is its "+"
            came = came or _tells_of_mail(line)
            if refusal := self.tagged_commands[tag]:
                raise self.error(f"it does not wait: {_text(refusal)}")
        while not came and (self._has_more() or _readable(self.sock, wake, end - time.monotonic())):
            came = _tells_of_mail(self._get_response())
        self.send(b"DONE\r\n")
        self._command_complete("IDLE", tag)
        return came

    def hang_up(self) -> None:
        """End the connection at once, also for a thread that waits for an answer."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):
            self.sock.close()

    def _has_more(self) -> bool:
        """Tell whether something has been received that nobody has read."""
        before = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            return bool(self.file.peek(1))  # type: ignore[union-attr]  # it is a BufferedReader
        except (ssl.SSLWantReadError, BlockingIOError):
            return False
        finally:
            self.sock.settimeout(before)


@contextmanager
def told_imap(host: str) -> Iterator[None]:
    """Say what goes wrong as Refused, NotReached, or Declined where the server itself said no."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise NotReached(f"{host} shows a certificate that is not believed: {error.verify_message}") from error
    except imaplib.IMAP4.abort as error:
        raise NotReached(f"the connection to {host} broke off: {_words(error)}") from error
    except OSError as error:
        raise NotReached(f"{host} was not reached: {type(error).__name__} {_words(error)}") from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise Declined(_words(error)) from error


def _upgrade(client: VettedImap, tls: ssl.SSLContext) -> None:
    if "STARTTLS" not in client.capabilities:
        raise client.error("it does not offer STARTTLS")
    client.starttls(tls)


def _tells_of_mail(line: bytes | None) -> bool:
    return line is not None and line.upper().endswith(b"EXISTS")


def _readable(sock: socket.socket, wake: int, seconds: float) -> bool:
    """Wait for bytes on a connection; False where `wake` or the time ended that."""
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    poll.register(wake, select.POLLIN)
    return any(descriptor == sock.fileno() for descriptor, _ in poll.poll(max(seconds, 0) * 1000))


def _words(error: Exception) -> str:
    """Give the server's own words."""
    if isinstance(error, UnexpectedCommandStatusError):
        return _text(error.command_result[1])
    return _text(error.args[0] if error.args else error)


def _text(said: object) -> str:
    if isinstance(said, (list, tuple)):
        return " ".join(filter(None, map(_text, said)))
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else "" if said is None else str(said)
    return " ".join(text.split())[:_MOST_WORDS]
