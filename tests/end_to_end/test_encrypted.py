"""A real daemon that speaks TLS: the programs of its machine get in by themselves, and others as a new user does."""

import http.client
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import scriba
from tests.end_to_end.person import Person
from tests.running import Daemon, outer_environment, running, wait_until


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon with TLS on this machine, and the certificate that it makes, in a folder where commands don't look by themselves."""
    with running(tmp_path_factory.mktemp("encrypted") / "archive", tls="on", consumer_disable="true") as daemon:
        yield daemon


def test_greeting_and_page_are_encrypted(encrypted: Daemon) -> None:
    certificate = encrypted.data.public_certificate.read_text()
    told = [f"  page         https://{encrypted.address}/", f"  {scriba.fingerprint_of(certificate)}"]
    # It answers a moment before it greets.
    wait_until(lambda: all(line in encrypted.story() for line in told), 30, encrypted.story)
    connection = http.client.HTTPSConnection(encrypted.address, timeout=10, context=ssl.create_default_context(cadata=certificate))
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert (answer.status, b"<main>" in answer.read()) == (200, True)
    connection.close()


def test_commands_on_its_machine_get_in_by_themselves(encrypted: Daemon) -> None:
    data = str(encrypted.data.root)
    with Person(encrypted) as person:
        person.put("note.txt", b"A note about a lighthouse")
        here = {**outer_environment(), "SCRIBA_SERVER": encrypted.address, "SCRIBA_DATA_DIR": data}
        typed = person.type("search", "lighthouse", environment=here)
        assert (typed.code, "lighthouse" in typed.out) == (0, True)
        plain = person.type("list", environment={**here, "SCRIBA_SERVER": f"http://{encrypted.address}"})
        assert (plain.code, "https://" in plain.err) == (1, True)
    command = [sys.executable, "-m", "daemon", "check", "--data-dir", data, "--listen", encrypted.address, "--json"]
    checked = subprocess.run(command, env=encrypted.environment, capture_output=True, text=True, check=False, timeout=60)
    # A daemon checks by itself when it has started, and may be at it.
    assert checked.returncode == 0 or "at work already" in checked.stderr, checked.stderr


def test_somebody_else_signs_in_by_the_fingerprint_that_it_shows(encrypted: Daemon, tmp_path: Path) -> None:
    home = {**outer_environment(), "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    fingerprint = scriba.fingerprint_of(encrypted.data.public_certificate.read_text())
    to = ["login", f"https://{encrypted.address}"]
    token = encrypted.data.local_token.read_text()
    with Person(encrypted) as person:
        asked = person.type(*to, stdin=token, environment=home)
        assert (asked.code, fingerprint in asked.err) == (1, True)
        assert person.type("list", environment={**home, "SCRIBA_SERVER": to[1]}).code == 4
        assert person.type(*to, "--fingerprint", fingerprint, stdin=token, environment=home).code == 0
        assert person.type("list", environment=home).code == 0
