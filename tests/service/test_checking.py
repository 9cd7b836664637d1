"""A check is told over the wire as it goes, and one at a time."""

import grpc

from actors.checkup.findings import Finding, Kind, Outcome, Treated
from actors.checkup.messages import CheckOrder, Progress, Report, Reported, Subject
from actors.store.nouns.archive import DocumentId
from scriba.v1 import admin_pb2 as pb
from tests.service.house import House, failing_stream

ROTTEN = Reported(
    Finding(Kind.ORIGINAL_CHANGED, DocumentId(7), "originals/ab/ab\udcff", "its SHA-256 is cd"),
    Treated(Outcome.QUARANTINED, "quarantine/1"),
)
STALE = Reported(Finding(Kind.INDEX_STALE, DocumentId(8)), Treated(Outcome.MENDED))
TOLD = (
    Report(Progress(Subject.ORIGINALS, 3, 9), (ROTTEN,), ended=False),
    Report(Progress(Subject.INDEX, 9, 9), (), ended=False),
    Report(None, (STALE,), ended=True),
)


async def test_findings_come_as_they_are_found_and_are_summed_up_at_the_end(house: House) -> None:
    house.checks.told = TOLD
    answers = [answer async for answer in house.admin.RepairArchive(pb.RepairArchiveRequest())]
    assert house.checks.orders == [CheckOrder(repair=True)]
    assert answers[0] == pb.RepairArchiveResponse(
        progress=pb.CheckProgress(subject=pb.CHECK_SUBJECT_ORIGINALS, done=3, total=9),
        findings=[
            pb.Finding(
                kind=pb.FINDING_KIND_ORIGINAL_CHANGED,
                title=answers[0].findings[0].title,
                remedy=answers[0].findings[0].remedy,
                outcome=pb.FINDING_OUTCOME_QUARANTINED,
                document_id="7",
                path="originals/ab/ab\ufffd",
                detail="its SHA-256 is cd",
                quarantine_path="quarantine/1",
            )
        ],
    )
    assert "restore the file from a backup" in answers[0].findings[0].remedy
    assert not answers[1].HasField("summary")
    assert answers[2].summary == pb.CheckSummary(findings=2, mended=1, quarantined=1)


async def test_a_check_looks_at_what_it_is_asked_for(house: House) -> None:
    request = pb.CheckArchiveRequest(subjects=[pb.CHECK_SUBJECT_INDEX])
    assert [answer async for answer in house.admin.CheckArchive(request)] == [pb.CheckArchiveResponse(summary=pb.CheckSummary())]
    assert house.checks.orders == [CheckOrder(subjects=(Subject.INDEX,))]
    failure = await failing_stream(house.admin.CheckArchive(pb.CheckArchiveRequest(subjects=[pb.CHECK_SUBJECT_UNSPECIFIED])))
    assert failure.code is grpc.StatusCode.INVALID_ARGUMENT


async def test_a_second_check_is_refused(house: House) -> None:
    house.checks.busy = True
    failure = await failing_stream(house.admin.CheckArchive(pb.CheckArchiveRequest()))
    assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "CHECK_RUNNING")
