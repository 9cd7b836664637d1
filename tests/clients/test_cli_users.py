"""Users, groups, tokens and one's own account by the command, before the real servicers."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

import scriba
from actors.identity.passwords import hash_password
from actors.store.nouns.identity import Role, UserFacts, Vouched
from scriba.v1.accounts_pb2 import SignInRequest
from tests.clients.real_server import real_server
from tests.clients.telling import Capture, told
from tests.service.house import NOW, TOKEN, House

PASSWORD = "correct horse battery"
HASH = hash_password(PASSWORD)
SIGN_IN = Vouched("https://sign-in.example", "248289761001")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, House]]:
    """Serve one archive for all tests of this file; each has users of its own."""
    with real_server(tmp_path_factory.mktemp("users")) as served:
        yield served


@pytest.fixture
def address(home: Path, served: tuple[str, House], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Be an administrator of an archive without users; give the server's address."""
    address, house = served
    monkeypatch.setenv("SCRIBA_SERVER", address)
    monkeypatch.setenv("SCRIBA_TOKEN", TOKEN)
    yield address
    for user in house.store.users.list(None, 99):
        house.store.users.delete(user.id, None)
    for group in house.store.groups.list():
        house.store.groups.delete(group.id, None)


@pytest.fixture
def anna(address: str, served: tuple[str, House], monkeypatch: pytest.MonkeyPatch) -> str:
    """Be Anna, an editor; give the server's address."""
    store = served[1].store
    store.users.set_password(store.users.create(UserFacts("Anna", Role.EDITOR), NOW).id, HASH)
    monkeypatch.setenv("SCRIBA_TOKEN", sign_in(address, PASSWORD))
    return address


def sign_in(address: str, password: str, code: str = "") -> str:
    """Sign in as Anna, and give the token."""
    with scriba.Client(address, "") as client:
        request = SignInRequest(user_name="anna", password=password, one_time_code=code, client="laptop")
        return client.accounts.SignIn(request).secret


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Send lines as a script does."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_user_is_added_listed_changed_and_deleted(address: str, capsys: Capture) -> None:
    (code,), said = told(capsys, "users", "add", "bert", "--role", "viewer", "--email", "bert@example.org")
    assert len(code) == 24
    assert said.startswith("new user: bert, viewer\nThis code, shown this once, is good until 2026-12-02")
    assert f"scriba login {address} --invited" in said
    told(capsys, "groups", "add", "Family", "BERT")
    lines, _ = told(capsys, "users", "list")
    assert [line.split() for line in lines] == [
        ["User", "Role", "Signs", "in", "by", "Last", "sign-in", "Groups"],
        ["bert", "viewer", "invited", "Family"],
    ]
    _, said = told(capsys, "users", "edit", "bert", "--role", "editor", "--disable", "--name", "Bertram")
    assert said == "changed: Bertram, editor, disabled\n"
    assert told(capsys, "users", "list")[0][1].split() == ["Bertram", "(disabled)", "editor", "invited", "Family"]
    assert told(capsys, "users", "delete", "bertram")[1] == "deleted: Bertram\n"
    assert told(capsys, "users", "list")[1] == "no users; whoever has the token of the machine may do everything\n"


def test_what_cannot_be_is_said(address: str, capsys: Capture) -> None:
    assert told(capsys, "users", "invite", "nobody", code=1)[1] == "there is no user 'nobody'; `scriba users list` shows them\n"
    told(capsys, "users", "edit", "nobody", code=2)
    told(capsys, "users", "add", "bert", "--role", "king", code=2)
    assert "user.email" in told(capsys, "users", "add", "bert", "--email", "bert", code=1)[1]
    assert told(capsys, "groups", "add", "Family", "nobody", code=1)[1].startswith("there is no user 'nobody'")
    assert "belongs to no user" in told(capsys, "tokens", "list", code=1)[1]


def link(house: House, name: str, *vouched: Vouched) -> None:
    """Let providers vouch for a user."""
    for one in vouched:
        house.store.identities.link(house.store.users.find(name).id, one, NOW)


def test_a_user_is_unlinked_from_providers(address: str, served: tuple[str, House], capsys: Capture) -> None:
    told(capsys, "users", "add", "bert")
    link(served[1], "bert", SIGN_IN, Vouched("https://old.example", "7"))
    assert told(capsys, "users", "list")[0][1].split() == ["bert", "editor", "old.example,", "sign-in.example"]
    said = "unlinked: bert from 7 at https://old.example\n"
    assert told(capsys, "users", "unlink", "BERT", "--issuer", "https://old.example") == ([], said)
    again = told(capsys, "users", "unlink", "bert", "--issuer", "https://old.example", code=1)[1]
    assert again == "bert is linked to no sign-in of https://old.example; `scriba users list` shows who is\n"
    answer = json.loads("\n".join(told(capsys, "users", "unlink", "bert", "--json")[0]))
    assert (answer["user"]["name"], answer["user"]["identities"]) == ("bert", [])
    assert told(capsys, "users", "list")[0][1].split() == ["bert", "editor", "invited"]
    assert told(capsys, "users", "unlink", "bert", code=1)[1].startswith("bert is linked to no sign-in; ")


def test_an_account_tells_who_vouches_for_it(anna: str, served: tuple[str, House], capsys: Capture) -> None:
    link(served[1], "anna", SIGN_IN)
    assert ["linked", "to", "248289761001", "at", "https://sign-in.example"] in [
        line.split() for line in told(capsys, "account", "show")[0]
    ]


def test_a_program_gets_a_token_alone_on_a_line(address: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    lines, said = told(capsys, "users", "add", "scanner", "--role", "uploader", "--service")
    assert (lines, said) == ([], "new user: scanner, uploader\nA token for it: scriba tokens add NAME --for scanner\n")
    (secret,), said = told(capsys, "tokens", "add", "hall", "--for", "scanner", "--days", "30", "--scope", "add")
    assert secret.startswith("scriba_")
    assert said.startswith("new token: hall, until 20")
    head, line = told(capsys, "tokens", "list", "--for", "scanner")[0]
    assert head.split() == ["Token", "Name", "Kind", "Scopes", "Last", "use", "From", "Until"]
    assert line.split()[1:5] == ["hall", "access", "add", "never"]
    number = line.split()[0]
    monkeypatch.setenv("SCRIBA_TOKEN", secret)
    assert [line.split() for line in told(capsys, "account", "show")[0]][:2] == [["user", "scanner"], ["role", "uploader"]]
    assert "ROLE_VIEWER" in told(capsys, "list", code=1)[1]
    monkeypatch.setenv("SCRIBA_TOKEN", TOKEN)
    assert told(capsys, "tokens", "revoke", number, "--for", "scanner")[1] == f"revoked: {number}\n"
    assert told(capsys, "tokens", "list", "--for", "scanner")[1] == "no tokens\n"


def test_groups_get_and_lose_users(address: str, capsys: Capture) -> None:
    for name in ("anna", "bert", "carl"):
        told(capsys, "users", "add", name)
    assert told(capsys, "groups", "add", "Family", "anna", "bert")[1] == "new group: Family\n"
    assert (
        told(capsys, "groups", "edit", "family", "--add", "carl", "--remove", "anna", "--name", "House")[1]
        == "changed: House: bert, carl\n"
    )
    assert [line.split() for line in told(capsys, "groups", "list")[0]] == [["Group", "Users"], ["House", "bert,", "carl"]]
    assert told(capsys, "groups", "edit", "house", "--remove", "bert", "--remove", "carl")[1] == "changed: House: nobody\n"
    assert told(capsys, "groups", "delete", "house")[1] == "deleted: House\n"
    assert told(capsys, "groups", "list")[1] == "no groups\n"


def test_a_user_sees_the_account_and_the_sessions(anna: str, capsys: Capture) -> None:
    lines, _ = told(capsys, "account", "show")
    assert [line.split(maxsplit=1)[0] for line in lines] == ["user", "role", "second", "signed", "until"]
    (_, line) = told(capsys, "tokens", "list")[0]
    assert line.split()[1:5] == ["laptop", "session", "all", "now"]
    answer = json.loads("\n".join(told(capsys, "account", "show", "--json")[0]))
    assert (answer["name"], answer["role"], answer["user"]["has_password"]) == ("Anna", "ROLE_EDITOR", True)


def test_a_password_is_changed_by_who_knows_it(anna: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "wrong horse battery", "staple and paper clip")
    code, said = 4, "the name, the password or the one-time code is wrong, or the user is disabled\n"
    assert told(capsys, "account", "password", code=code)[1] == said
    typing(monkeypatch, PASSWORD, "staple and paper clip")
    assert told(capsys, "account", "password")[1] == "the password is another; all other sessions have ended\n"
    assert sign_in(anna, "staple and paper clip")


def test_a_second_factor_comes_with_recovery_codes_and_goes_again(anna: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    monkeypatch.setattr("daemon.service.identity.accounts.new_secret", lambda: secret)
    typing(monkeypatch, pyotp.TOTP(secret).at(NOW), PASSWORD)
    codes, said = told(capsys, "account", "second-factor")
    assert len(set(codes)) == 10
    assert secret in said
    assert sign_in(anna, PASSWORD, codes[0])
    assert "yes, 9 recovery codes left" in "\n".join(told(capsys, "account", "show")[0])
    typing(monkeypatch, PASSWORD)
    told(capsys, "account", "no-second-factor")
    assert sign_in(anna, PASSWORD)


def test_all_fits_into_80_columns(address: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    name = "A name as long as a name may be, which is sixty-four letters, ok"
    told(capsys, "users", "add", name, "--role", "uploader")
    told(capsys, "users", "add", "scanner", "--service")
    told(capsys, "groups", "add", name[::-1], name, "scanner")
    told(capsys, "tokens", "add", name, "--for", "scanner", "--scope", "read", "--scope", "add", "--days", "9")
    for command in (("users", "list"), ("groups", "list"), ("tokens", "list", "--for", "scanner")):
        assert max(map(len, told(capsys, *command)[0])) <= 80, command
