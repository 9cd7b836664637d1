"""Where the client finds its server and token."""

import stat
from pathlib import Path

import pytest

import scriba


def connection(home: Path, server: str | None = None, token: str | None = None, **environ: str) -> tuple[str, str]:
    found = scriba.find_connection(server, token, {"HOME": str(home), **environ}, home)
    return str(found.address), found.token


def write_token(file: Path, token: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{token}\n")
    return file


def save(home: Path, server: str, token: str) -> None:
    scriba.save_login(scriba.login_file({"HOME": str(home)}), scriba.Login(server, token))


def test_with_nothing_given_the_local_server_is_called_as_nobody(tmp_path: Path) -> None:
    assert connection(tmp_path) == ("127.0.0.1:8440", "")


def test_arguments_win_over_the_environment(tmp_path: Path) -> None:
    assert connection(tmp_path, "localhost:1", "a", SCRIBA_SERVER="localhost:2", SCRIBA_TOKEN="b") == ("localhost:1", "a")


def test_the_environment_wins_over_the_saved_login(tmp_path: Path) -> None:
    save(tmp_path, "localhost:3", "saved")
    assert connection(tmp_path, SCRIBA_SERVER="localhost:2", SCRIBA_TOKEN="b") == ("localhost:2", "b")


def test_a_token_file_named_by_the_environment_is_read(tmp_path: Path) -> None:
    file = write_token(tmp_path / "token", "from-file")
    assert connection(tmp_path, SCRIBA_TOKEN_FILE=str(file))[1] == "from-file"


def test_a_token_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(scriba.Unauthenticated, match="SCRIBA_TOKEN_FILE"):
        connection(tmp_path, SCRIBA_TOKEN_FILE=str(tmp_path / "missing"))


def test_the_saved_login_is_used_when_nothing_else_is_said(tmp_path: Path) -> None:
    save(tmp_path, "https://archive.example", "saved")
    assert connection(tmp_path) == ("archive.example:8440", "saved")


def test_a_saved_token_is_not_sent_to_another_server(tmp_path: Path) -> None:
    save(tmp_path, "https://archive.example", "saved")
    assert connection(tmp_path, SCRIBA_SERVER="https://other.example") == ("other.example:8440", "")


@pytest.mark.parametrize("place", ["elsewhere", "data", ".local/share/scriba"])
def test_the_token_file_of_a_local_server_is_found(tmp_path: Path, place: str) -> None:
    write_token(tmp_path / place / "secrets" / "local.token", "local")
    assert connection(tmp_path, SCRIBA_DATA_DIR=str(tmp_path / "elsewhere"))[1] == "local"


def test_the_token_of_a_local_server_stays_on_this_machine(tmp_path: Path) -> None:
    write_token(tmp_path / "data" / "secrets" / "local.token", "local")
    assert connection(tmp_path, "https://archive.example")[1] == ""


def test_only_the_user_can_read_the_saved_login(tmp_path: Path) -> None:
    save(tmp_path, "localhost:3", "saved")
    file = scriba.login_file({"HOME": str(tmp_path)})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert scriba.read_login(file) == scriba.Login("localhost:3", "saved")


def test_a_saved_login_that_is_damaged_is_told(tmp_path: Path) -> None:
    write_token(scriba.login_file({"HOME": str(tmp_path)}), "{")
    with pytest.raises(ValueError, match="scriba login"):
        connection(tmp_path)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8440", scriba.Address("127.0.0.1", 8440, tls=False)),
        ("localhost", scriba.Address("localhost", 8440, tls=False)),
        ("[::1]:9", scriba.Address("::1", 9, tls=False)),
        ("archive.example:443", scriba.Address("archive.example", 443, tls=True)),
        ("http://nas:8440", scriba.Address("nas", 8440, tls=False)),
        ("https://127.0.0.1:8440/", scriba.Address("127.0.0.1", 8440, tls=True)),
    ],
)
def test_an_address_is_read_as_people_write_it(text: str, address: scriba.Address) -> None:
    assert scriba.parse_address(text) == address


@pytest.mark.parametrize("text", ["", "ftp://nas", "nas:port", "nas:99999", "http://nas/path"])
def test_what_is_no_address_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="not a server address"):
        scriba.parse_address(text)


def test_an_address_is_written_as_grpc_reads_it() -> None:
    assert [str(scriba.parse_address(text)) for text in ("[::1]:9", "nas")] == ["[::1]:9", "nas:8440"]
