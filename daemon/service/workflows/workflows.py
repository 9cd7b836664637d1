"""The servicer of workflows."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from daemon.service.ports import Archive
from daemon.service.workflows.keeping import WorkflowKeeping
from scriba.v1 import workflows_pb2 as pb
from scriba.v1 import workflows_pb2_grpc


class WorkflowServicer(workflows_pb2_grpc.WorkflowServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive) -> None:
        self._keeping = WorkflowKeeping(archive)

    async def ListWorkflows(self, request: pb.ListWorkflowsRequest, context: object) -> pb.ListWorkflowsResponse:
        return pb.ListWorkflowsResponse(workflows=await asyncio.to_thread(self._keeping.all))

    async def GetWorkflow(self, request: pb.GetWorkflowRequest, context: object) -> pb.GetWorkflowResponse:
        return pb.GetWorkflowResponse(workflow=await asyncio.to_thread(self._keeping.get, request.id))

    async def CreateWorkflow(self, request: pb.CreateWorkflowRequest, context: object) -> pb.CreateWorkflowResponse:
        return pb.CreateWorkflowResponse(workflow=await asyncio.to_thread(self._keeping.create, request.workflow))

    async def UpdateWorkflow(self, request: pb.UpdateWorkflowRequest, context: object) -> pb.UpdateWorkflowResponse:
        return pb.UpdateWorkflowResponse(workflow=await asyncio.to_thread(self._keeping.update, request))

    async def DeleteWorkflow(self, request: pb.DeleteWorkflowRequest, context: object) -> pb.DeleteWorkflowResponse:
        await asyncio.to_thread(self._keeping.delete, request)
        return pb.DeleteWorkflowResponse()

    async def ReorderWorkflows(self, request: pb.ReorderWorkflowsRequest, context: object) -> pb.ReorderWorkflowsResponse:
        return pb.ReorderWorkflowsResponse(workflows=await asyncio.to_thread(self._keeping.reorder, request.ids))

    async def DryRunWorkflows(self, request: pb.DryRunWorkflowsRequest, context: object) -> pb.DryRunWorkflowsResponse:
        return await asyncio.to_thread(self._keeping.dry_run, request)
