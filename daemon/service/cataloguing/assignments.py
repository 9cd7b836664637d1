"""The servicer of assignments."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from daemon.service.cataloguing.reruns import Reruns
from daemon.service.cataloguing.trials import Trials
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.wire.archive import document_id
from daemon.service.wire.assignments import assignment_id, assignment_message
from scriba.v1 import assignments_pb2 as pb
from scriba.v1 import assignments_pb2_grpc


class AssignmentServicer(assignments_pb2_grpc.AssignmentServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive, nudges: Nudges) -> None:
        self._archive = archive
        self._nudges = nudges
        self._reruns = Reruns(archive, nudges)
        self._trials = Trials(archive)

    async def ListAssignments(self, request: pb.ListAssignmentsRequest, context: object) -> pb.ListAssignmentsResponse:
        given = await asyncio.to_thread(self._archive.store.assignments.list, document_id(request.document_id))
        return pb.ListAssignmentsResponse(assignments=map(assignment_message, given))

    async def UndoAssignment(self, request: pb.UndoAssignmentRequest, context: object) -> pb.UndoAssignmentResponse:
        document, assignment = document_id(request.document_id), assignment_id(request.id)
        await asyncio.to_thread(self._archive.store.assignments.undo, document, assignment, self._archive.now())
        await self._nudges.give(self._archive.index.apply())
        return pb.UndoAssignmentResponse()

    async def ApplyRules(self, request: pb.ApplyRulesRequest, context: object) -> AsyncIterator[pb.ApplyRulesResponse]:
        async with aclosing(self._reruns.answers(request)) as answers:
            async for answer in answers:
                yield answer

    async def TryRule(self, request: pb.TryRuleRequest, context: object) -> AsyncIterator[pb.TryRuleResponse]:
        async with aclosing(self._trials.of_rule(request)) as answers:
            async for answer in answers:
                yield answer

    async def TryExtraction(self, request: pb.TryExtractionRequest, context: object) -> AsyncIterator[pb.TryExtractionResponse]:
        async with aclosing(self._trials.of_extraction(request)) as answers:
            async for answer in answers:
                yield answer
