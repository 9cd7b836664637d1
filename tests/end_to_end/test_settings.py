"""Settings that change what a person sees, each by its own daemon."""

from pathlib import Path

import pytest

from scriba.v1.documents_pb2 import DocumentState
from tests.end_to_end.person import Person
from tests.ocr.papers import scan_pdf
from tests.postgres import running_postgres
from tests.running import running


def test_the_other_engine_reads_the_same_on_the_other_database_and_folder_names_become_tags(tmp_path: Path) -> None:
    settings = {
        "consumer_stability_delay": "0.3",
        "ocr_engine": "pytesseract",
        "consumer_recursive": "true",
        "consumer_subdirs_as_tags": "true",
    }
    with running_postgres() as postgres:
        url = postgres.url(postgres.create())
        with running(tmp_path / "data", database_url=url, **settings) as daemon, Person(daemon) as person:
            person.drop("Bills/2024/water.pdf", scan_pdf("the water works", "on the second page stands a fountain"))
            document = person.wait_for_file("water.pdf")
            assert (document.state, sorted(document.tags)) == (DocumentState.DOCUMENT_STATE_READY, ["2024", "Bills"])
            (found,) = person.search("fountain tag:bills")
            assert (found.document.id, [highlight.page for highlight in found.highlights]) == (document.id, [2])
            assert not daemon.data.database.exists()


@pytest.mark.parametrize(("name", "value"), [("ocr_engine", "abacus"), ("no_such_setting", "1")])
def test_a_wrong_setting_is_told_before_anything_starts(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(RuntimeError, match="ended with code 2") as ended, running(tmp_path / "data", **{name: value}):
        pass
    assert name in str(ended.value).lower()
    assert "Traceback" not in str(ended.value)
