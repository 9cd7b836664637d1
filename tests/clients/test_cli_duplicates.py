"""`scriba duplicates`: for one document, and for all."""

import json
from pathlib import Path

import pytest

from scriba.v1.search_pb2 import NearDuplicate, NearDuplicateGroup
from scriba_cli.duplicates import share
from scriba_cli.main import run
from tests.clients.fake_archive import FakeArchive

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def scans(archive: FakeArchive, signed_in: Path) -> FakeArchive:
    """Give an archive in which document 3 is a scan of document 1."""
    bill, _, again = (archive.add_document(title) for title in ("Bill of the power station", "Letter", "scan0002"))
    archive.near_duplicates["3"] = [NearDuplicate(document=bill, likeness=0.9375, came_before=True)]
    archive.near_duplicates["1"] = [NearDuplicate(document=again, likeness=0.9375)]
    archive.groups = [NearDuplicateGroup(documents=[bill, again], likeness=0.9375)]
    return archive


def printed(capsys: Capture, *words: str) -> list[list[str]]:
    """Run a command that ends well, and give the words of each line."""
    assert run(words) == 0
    return [line.split() for line in capsys.readouterr().out.splitlines()]


def test_the_same_paper_is_shown_with_how_alike_it_is_and_which_came_first(scans: FakeArchive, capsys: Capture) -> None:
    head, line = printed(capsys, "duplicates", "3")
    assert head == ["ID", "Title", "Added", "Pages", "Came", "Alike"]
    assert (line[:6], line[-3:]) == (["1", "Bill", "of", "the", "power", "station"], ["before", "93", "%"])
    assert printed(capsys, "duplicates", "1")[1][-3:] == ["after", "93", "%"]


def test_a_document_without_a_duplicate_says_so(scans: FakeArchive, capsys: Capture) -> None:
    assert run(["duplicates", "2"]) == 0
    assert "no other document is the same paper" in capsys.readouterr().err


def test_all_papers_that_are_there_twice_are_listed_in_groups(scans: FakeArchive, capsys: Capture) -> None:
    first, second = printed(capsys, "duplicates")[1:]
    assert (first[0], first[-2:], second[0], second[-1]) == ("1", ["93", "%"], "3", "1")


def test_more_than_fit_are_told_of(scans: FakeArchive, capsys: Capture) -> None:
    scans.groups *= 30
    assert run(["duplicates", "-n", "25"]) == 0
    shown = capsys.readouterr()
    assert (shown.out.count("scan0002"), "25 of more; --limit shows more" in shown.err) == (25, True)


def test_an_archive_without_duplicates_says_so(archive: FakeArchive, signed_in: Path, capsys: Capture) -> None:
    assert run(["duplicates"]) == 0
    assert "no paper is there more than once" in capsys.readouterr().err


def test_json_is_the_servers_answer_whole(scans: FakeArchive, capsys: Capture) -> None:
    assert run(["duplicates", "3", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["duplicates"]
    assert (found["document"]["id"], found["likeness"], found["came_before"]) == ("1", 0.9375, True)
    scans.groups *= 300
    assert run(["duplicates", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (len(answer["groups"]), answer["next_page_token"]) == (300, "")


def test_a_missing_document_ends_with_words(scans: FakeArchive, capsys: Capture) -> None:
    assert run(["duplicates", "77"]) == 1
    assert "there is no document 77" in capsys.readouterr().err


def test_only_what_is_wholly_alike_is_a_hundred_percent() -> None:
    assert [share(likeness) for likeness in (1.0, 0.999, 0.29, 0.8)] == ["100 %", "99 %", "29 %", "80 %"]
