"""The script that installs: what it asks, writes and calls. A program stands in for Docker, and writes down how it was called."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

DOCKER = Path(__file__).parents[2] / "docker"
CALLED = '#!/bin/sh\necho "$(basename "$0") $*" >>"$CALLS"\n'


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The script in a copy of the sources, since it writes beside itself."""
    shutil.copytree(DOCKER, tmp_path / "sources" / "docker", ignore=shutil.ignore_patterns("*.env"))
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "docker"
    fake.write_text(CALLED)
    fake.chmod(0o755)
    return tmp_path / "sources" / "docker" / "install.sh"


def install(script: Path, *answers: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    home = script.parents[2]
    (home / "calls").write_text("")
    environment = {"PATH": f"{home}/bin:{os.environ['PATH']}", "CALLS": str(home / "calls")}
    return subprocess.run([script, *answers], input=typed, env=environment, capture_output=True, text=True, check=False, timeout=60)


def written(script: Path, name: str) -> dict[str, str]:
    lines = (script.parent / name).read_text(encoding="utf-8").splitlines()
    return {name: value.strip("'") for name, _, value in (line.partition("=") for line in lines)}


def called(script: Path) -> list[str]:
    return (script.parents[2] / "calls").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def data(tmp_path: Path) -> str:
    """A folder of one's own, as an answer."""
    return f"data={tmp_path / 'archive'}"


OWNER = f"owner={os.getuid()}:{os.getgid()}"


def test_all_that_is_asked_can_be_answered_beforehand(script: Path, data: str) -> None:
    answers = (data, OWNER, "port=127.0.0.1:9000", "database=postgres", "office=yes", "languages=deu eng", "time_zone=Europe/Berlin")
    ended = install(script, "--yes", "way=docker", *answers)
    assert (ended.returncode, ended.stderr) == (0, "")
    told = written(script, ".env")
    assert len(told.pop("POSTGRES_PASSWORD")) == 48
    assert told == {
        "COMPOSE_FILE": "compose.postgres-office.yaml",
        "DATA": data.removeprefix("data="),
        "PORT": "127.0.0.1:9000",
        "OWNER": OWNER.removeprefix("owner="),
        "LANGUAGES": "deu",
        "NAME": os.uname().nodename,
    }
    assert written(script, "scriba.env") == {"SCRIBA_OCR_LANGUAGE": "deu+eng", "SCRIBA_TIME_ZONE": "Europe/Berlin"}
    assert called(script)[-1] == "docker compose up -d --build"
    assert Path(data.removeprefix("data=")).is_dir()
    assert {(script.parent / name).stat().st_mode & 0o777 for name in (".env", "scriba.env")} == {0o600}


def test_the_second_time_its_answers_are_those_of_the_first_and_what_was_added_by_hand_stays(script: Path, data: str) -> None:
    install(script, "--yes", "way=docker", data, OWNER, "database=postgres", "languages=deu fra eng", "port=9000")
    with (script.parent / "scriba.env").open("a") as settings:
        settings.write("SCRIBA_CONSUME_OWNER=anna\n")
    before = written(script, ".env"), written(script, "scriba.env")
    ended = install(script, "--yes", "way=docker")
    assert ended.returncode == 0, ended.stderr
    assert (written(script, ".env"), written(script, "scriba.env")) == before
    assert before[0]["LANGUAGES"] == "deu fra"


def test_a_person_is_asked_and_an_empty_line_takes_what_is_usual(script: Path, data: str) -> None:
    ended = install(script, data, OWNER, typed="docker\n\npostgres\n\nEurope/Vienna\n\n")
    assert ended.returncode == 0, ended.stderr
    told = written(script, ".env")
    assert (told["COMPOSE_FILE"], told["PORT"]) == ("compose.postgres.yaml", "8440")
    assert written(script, "scriba.env") == {"SCRIBA_OCR_LANGUAGE": "eng", "SCRIBA_TIME_ZONE": "Europe/Vienna"}
    assert "SQLite or PostgreSQL? [sqlite]" in ended.stderr


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (("database=oracle",), "database=oracle is none of: sqlite postgres"),
        (("office=yes",), "office=yes goes with database=postgres"),
        (("data=here",), "data=here must begin with /"),
        (("time_zone=$(touch x)",), "time_zone may hold no quotes"),
        (("colour=red",), "What is 'colour=red'?"),
        (("way=snap",), "way=snap is none of: docker systemd"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_before_anything_is_written(script: Path, answers: tuple[str, ...], words: str) -> None:
    ended = install(script, "--yes", *answers, *(() if "way=snap" in answers else ("way=docker",)))
    assert (ended.returncode, words in ended.stderr) == (1, True), ended.stderr
    assert not (script.parent / ".env").exists()


def test_an_archive_that_is_there_does_not_begin_empty_with_another_database(script: Path, data: str) -> None:
    install(script, "--yes", "way=docker", data, OWNER)
    before = written(script, ".env")
    ended = install(script, "--yes", "way=docker", "database=postgres")
    assert (ended.returncode, "is kept with sqlite. Move it first by scribad move-db" in ended.stderr) == (1, True)
    assert (written(script, ".env"), set(called(script))) == (before, {"docker compose version"})


def test_where_nobody_answers_it_ends_and_says_how_to_answer(script: Path) -> None:
    ended = install(script)
    assert (ended.returncode, "Call it with --yes, or give way=…" in ended.stderr) == (1, True)


def test_without_docker_it_says_what_to_do(script: Path) -> None:
    (script.parents[2] / "bin" / "docker").write_text("#!/bin/sh\nexit 1\n")
    ended = install(script, "--yes", "way=docker")
    assert (ended.returncode, "Install it, or take way=systemd" in ended.stderr) == (1, True)


@pytest.mark.parametrize("name", ["install.sh", "install-packages"])
def test_shellcheck_finds_no_fault(name: str) -> None:
    if shutil.which("shellcheck") is None:
        pytest.skip("there is no shellcheck here")
    ended = subprocess.run(["shellcheck", "--severity=warning", DOCKER / name], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
