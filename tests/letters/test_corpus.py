"""Real mails, among them wrong ones: what their list says is found in them."""

import csv
import re
from pathlib import Path

import pytest

from actors.letters.letter import read_letter

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
_LIST = CORPUS / "MANIFEST.tsv"


def mails() -> list[tuple[str, str]]:
    if not _LIST.is_file():
        return []
    with _LIST.open(newline="") as listed:
        return [(row[0], row[-1]) for row in csv.reader(listed, delimiter="\t", quoting=csv.QUOTE_NONE) if row[0].startswith("mail/")]


@pytest.mark.skipif(not mails(), reason="the corpus is not here")
@pytest.mark.parametrize(("name", "told"), mails())
def test_a_real_mail_says_what_its_list_says(name: str, told: str) -> None:
    letter = read_letter((CORPUS / name).read_bytes())
    found = f"{letter.subject} {letter.text} {letter.html} {letter.sender_name} {[part.name for part in letter.parts]}"
    assert [phrase for phrase in re.findall('"([^"]+)"', told) if phrase not in found] == []
