"""The web client says our sentences in the reader's language: those that it knows are still those that we tell."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FORM = re.compile(r'^  \[/\^(.+)\$/s, "reasons\.', re.MULTILINE)
# So much of each stands in one piece in the sources; the rest may be put together from parts.
BEGINNING = 15


def test_each_sentence_that_the_web_client_knows_begins_as_one_that_is_told() -> None:
    forms = FORM.findall((ROOT / "clients/web/src/parts/problems.ts").read_text())
    told = "\n".join(path.read_text() for path in (ROOT / "actors").rglob("*.py"))
    beginnings = [re.split(r"[\\(?]", form, maxsplit=1)[0][:BEGINNING] for form in forms]
    assert len(forms) > 40
    assert [words for words in beginnings if words not in told] == []
