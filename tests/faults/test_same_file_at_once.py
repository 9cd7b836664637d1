"""F15: the same file comes 100 times at once, through the folder and as uploads: one document, and 99 notes of a duplicate."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.end_to_end.person import Person
from tests.faults.archive import Archive
from tests.faults.papers import Kind
from tests.faults.plugin import Trials

DROPPED = 50
UPLOADED = 50
AT_ONCE = 16


@pytest.mark.timeout(20_000)
@pytest.mark.fault("F15", each=1, nightly=50)
def test_one_file_a_hundred_times_at_once_is_one_document(archive: Archive, trials: Trials) -> None:
    for number in range(trials.count):
        name, each = archive.paper(list(Kind)[number % len(Kind)])
        with Person(archive.daemon) as person, ThreadPoolExecutor(AT_ONCE) as callers:
            uploads = [callers.submit(person.upload, f"{copy}-{name}", each.content) for copy in range(UPLOADED)]
            for copy in range(DROPPED):
                person.drop(f"dropped-{copy}-{name}", each.content)
            answers = [upload.result() for upload in uploads]
        archive.sent[name] = replace(each, times=DROPPED + UPLOADED)
        archive.wait_until_ready({name: each})
        assert len({answer.document.id for answer in answers}) == 1
        assert archive.broken() == []
        trials.tried()
