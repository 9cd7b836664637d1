"""Somebody becomes the first user by the code that the daemon shows, invites another, and both go about their work."""

import json
import re
from pathlib import Path

import pytest

from tests.end_to_end.person import Person
from tests.running import outer_environment

CODE = re.compile(r"with the code ((?:[A-Z0-9]{4}-){4}[A-Z0-9]{4})")
Homes = dict[str, dict[str, str]]
ANNAS, BERTS = "correct horse battery", "staple and paper clip"


@pytest.fixture
def homes(tmp_path: Path) -> Homes:
    """Give each of two people a machine, on which nothing of the server lies."""
    return {
        name: {**outer_environment(), "HOME": str(tmp_path / name), "XDG_CONFIG_HOME": str(tmp_path / name)} for name in ("anna", "bert")
    }


def test_the_first_user_comes_in_by_the_code_and_lets_others_in(person: Person, homes: Homes) -> None:
    server, log = person.daemon.address, person.daemon.log
    person.wait_until(lambda: CODE.search(log.read_text()) is not None)
    code = CODE.findall(log.read_text())[-1]
    come = person.type("login", server, "--invited", stdin=f"{code}\nAnna\n{ANNAS}\n", environment=homes["anna"])
    assert come.code == 0, come.err
    invited = person.type("users", "add", "bert", "--role", "viewer", environment=homes["anna"])
    assert person.type("login", server, "--invited", stdin=f"{code}\nEve\n{ANNAS}\n", environment=homes["bert"]).code == 1
    come = person.type("login", server, "--invited", stdin=f"{invited.out}{BERTS}\n", environment=homes["bert"])
    assert (come.code, "You are bert." in come.err) == (0, True)
    assert person.type("list", environment=homes["bert"]).code == 0
    refused = person.type("users", "list", environment=homes["bert"])
    assert (refused.code, "ROLE_ADMIN" in refused.err) == (1, True)
    assert person.type("users", "edit", "bert", "--role", "editor", environment=homes["anna"]).code == 0
    assert person.type("tags", "add", "a tag of Bert", environment=homes["bert"]).code == 0
    assert person.type("logout", environment=homes["bert"]).code == 0
    assert "bert" not in person.type("account", "show", environment={**homes["bert"], "SCRIBA_SERVER": server}).out
    assert person.type("login", server, "--user", "bert", stdin=f"{ANNAS}\n", environment=homes["bert"]).code != 0
    again = person.type("login", server, "--user", "bert", stdin=f"{BERTS}\n", environment=homes["bert"])
    assert again.code == 0, again.err
    assert person.type("users", "delete", "bert", "--yes", environment=homes["anna"]).code == 0
    assert person.type("list", environment=homes["bert"]).code == 4
    told = person.type("audit", "--json", environment=homes["anna"]).out
    entries = [json.loads(line) for line in told.splitlines()]
    acts = {(entry["act"].removeprefix("AUDIT_ACT_"), entry["author_name"], entry["name"]) for entry in entries}
    assert {("CHANGED", "Anna", "bert"), ("CREATED", "bert", "a tag of Bert"), ("REFUSED", "", "bert"), ("DELETED", "Anna", "bert")} <= acts
    assert {entry["address"] for entry in entries} == {"127.0.0.1"}
    assert not any(secret in told for secret in (ANNAS, BERTS, code))
