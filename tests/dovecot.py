"""A real dovecot for tests: one instance on ports of its own, with mailboxes that are made as they are asked for."""

import contextlib
import grp
import imaplib
import os
import pwd
import re
import shutil
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest
import trustme

from actors.store.nouns.mail import AccountFacts, Security
from tests.ports import free_port

PASSWORD = "correct-horse"
# Lets in whoever presents it, too.
UMLAUTS = "pässwörd"
# Dovecot reads no mail as root.
_UNPRIVILEGED = "nobody"
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_uid = {user}
mail_gid = {group}
mail_location = maildir:{folder}/mail/%u
mail_max_userip_connections = 100
auth_username_chars =
passdb {{
  driver = static
  args = password={password}
}}
passdb {{
  driver = static
  args = password={umlauts}
}}
userdb {{
  driver = static
  args = home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = {tls_listens}
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass
class Mailbox:
    """Somebody's mailbox, and a way into it beside the one that is tested."""

    server: "Dovecot"
    user: str

    @property
    def facts(self) -> AccountFacts:
        """Describe it without encryption, which is allowed on this machine."""
        return AccountFacts(self.user, "localhost", self.server.port, self.user, Security.NONE)

    @contextlib.contextmanager
    def client(self, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """Sign in as somebody's mail program does, and open a folder."""
        with imaplib.IMAP4("127.0.0.1", self.server.port) as client:
            client.login(self.user, PASSWORD)
            assert client.select(folder)[0] == "OK"
            yield client

    def create(self, folder: str) -> None:
        """Make a folder, by the name that IMAP has for it."""
        with self.client() as client:
            assert client.create(folder)[0] == "OK"

    def deliver(self, *mails: EmailMessage | bytes, folder: str = "INBOX") -> None:
        """Put mails into a folder."""
        with self.client() as client:
            for mail in mails:
                assert client.append(folder, "", "", bytes(mail).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))[0] == "OK"

    def flags(self, folder: str = "INBOX") -> list[frozenset[str]]:
        """Tell the flags of all mails of a folder, in their order."""
        with self.client(folder) as client:
            _, answers = client.uid("FETCH", "1:*", "(FLAGS)")
        found = [re.search(r"FLAGS \((.*?)\)", answer.decode()) for answer in answers if isinstance(answer, bytes)]
        return [frozenset(flags[1].split()) - {"\\Recent"} for flags in found if flags is not None]

    def count(self, folder: str = "INBOX") -> int:
        """Count the mails of a folder."""
        return len(self.flags(folder))

    def number_anew(self) -> None:
        """Have the server forget its numbers: INBOX gets another UIDVALIDITY."""
        folder = self.server.folder / "mail" / self.user
        for file in folder.glob("dovecot*"):
            if file.is_file():
                file.unlink()
        # By itself it would take the time in seconds, which may be the same once more.
        numbers = folder / "dovecot-uidlist"
        numbers.write_text(f"3 V{next(self.server.validities)} N1\n")
        if os.geteuid() == 0:
            shutil.chown(numbers, _UNPRIVILEGED)


@dataclass
class Dovecot:
    """A running server; `authority` is who vouches for it."""

    folder: Path
    port: int
    tls_port: int
    trust: ssl.SSLContext
    authority: Path
    process: "subprocess.Popen[bytes] | None" = None
    validities: Iterator[int] = field(default_factory=lambda: count(4_000_000_000))
    _numbers: Iterator[int] = field(default_factory=count)

    def start(self) -> None:
        """Start it as it is configured, and wait until it greets."""
        program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin") or "dovecot"
        self.process = subprocess.Popen([program, "-F", "-c", str(self.folder / "dovecot.conf")], stdin=subprocess.DEVNULL, cwd="/")
        _wait_for(self.port, self.process)

    def stop(self) -> None:
        """End it with all its connections."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)

    def restart(self) -> None:
        """End it, and start it again."""
        self.stop()
        self.start()

    def mailbox(self) -> Mailbox:
        """Make a fresh mailbox."""
        return Mailbox(self, f"erika{next(self._numbers)}")


@contextlib.contextmanager
def running_dovecot(settings: str = "", encrypted: bool = False) -> Iterator[Dovecot]:
    """Start a server in a folder of its own, and leave nothing of it behind; skip the test where none is installed."""
    if shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        pytest.skip("dovecot is not installed: apt-get install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="scriba-imap-"))
    server = Dovecot(folder, free_port(), free_port(), ssl.create_default_context(), folder / "authority.pem")
    try:
        _configure(server, settings, encrypted)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _configure(server: Dovecot, settings: str, encrypted: bool) -> None:
    folder = server.folder
    authority = trustme.CA()
    authority.configure_trust(server.trust)
    authority.cert_pem.write_to_path(folder / "authority.pem")
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(folder / "server.key")
    for place, pem in enumerate(certificate.cert_chain_pems):
        pem.write_to_path(folder / "server.pem", append=place > 0)
    me = pwd.getpwuid(os.geteuid() or pwd.getpwnam(_UNPRIVILEGED).pw_uid)
    (folder / "mail").mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder / "mail", me.pw_name)
        folder.chmod(0o755)
    text = _CONFIGURATION.format(
        folder=folder,
        user=me.pw_name,
        group=grp.getgrgid(me.pw_gid).gr_name,
        port=server.port,
        tls_port=server.tls_port if encrypted else 0,
        tls_listens="yes" if encrypted else "no",
        ssl="yes" if encrypted else "no",
        password=PASSWORD,
        umlauts=UMLAUTS,
    )
    (folder / "dovecot.conf").write_text(text + settings, encoding="utf-8")


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server greets."""
    end = time.monotonic() + 30
    while True:
        with contextlib.suppress(OSError, imaplib.IMAP4.error), imaplib.IMAP4("127.0.0.1", port, timeout=5):
            return
        assert process.poll() is None, "dovecot has ended"
        assert time.monotonic() < end, "dovecot does not answer"
        time.sleep(0.05)
