"""The servicer of the cluster: how machines join, rest and leave."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from actors.identity.tokens import digest, new_code
from actors.store.nodes.nodes import Nodes
from actors.store.nouns.audit import Act, AuditNoun, Deed
from daemon.certificates.authority import AuthorityError
from daemon.join_codes import write_join_code
from daemon.service.callers import caller_address
from daemon.service.cluster.fitting import clock_misfit, misfit
from daemon.service.cluster.letting_in import LettingIn
from daemon.service.opened import OpenedCluster, Versions
from daemon.service.ports import Archive
from daemon.service.refusals import ClusterClosed, InvalidRequest, MachineMisfit, Violation
from daemon.service.wire.nodes import node_id
from scriba.v1 import cluster_pb2 as pb
from scriba.v1 import cluster_pb2_grpc

CODE_SECONDS = 900


class ClusterServicer(cluster_pb2_grpc.ClusterServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive, clock: Callable[[], float]) -> None:
        self._archive = archive
        self._letting_in = LettingIn(archive.whole, archive.now, clock)

    async def CreateJoinCode(self, request: pb.CreateJoinCodeRequest, context: object) -> pb.CreateJoinCodeResponse:
        cluster, now, secret = self._open(), self._archive.now(), new_code()
        expire = now + timedelta(seconds=request.valid_seconds or CODE_SECONDS)
        await asyncio.to_thread(self._archive.whole.nodes.offer, digest(secret), expire, now)
        await asyncio.to_thread(self._archive.signed.audit.note, Deed(Act.ORDERED, AuditNoun.NODE, name="join code"))
        code = write_join_code(secret, cluster.fingerprint())
        answer = pb.CreateJoinCodeResponse(code=code, command=f"scribad join {cluster.entrance} --code {code}")
        answer.expire_time.FromDatetime(expire)
        return answer

    async def JoinCluster(self, request: pb.JoinClusterRequest, context: object) -> pb.JoinClusterResponse:
        cluster, now = self._open(), self._archive.now()
        machine = Versions(request.scriba_version, request.ray_version, request.python_version)
        reason = misfit(cluster.versions, machine) or clock_misfit(now, request.time.ToDatetime(now.tzinfo))
        if reason:
            raise MachineMisfit(reason)
        certificate = _certified(cluster, request.signing_request, now)
        node, key = await asyncio.to_thread(self._letting_in.let_in, request.code, request.node_key, request.hostname, caller_address())
        return pb.JoinClusterResponse(
            node_id=str(node.id),
            node_key=key,
            ray_address=cluster.ray_address,
            ray_token=cluster.ray_token,
            certificate=certificate.decode("ascii"),
            authority=cluster.authority.certificate.decode("ascii"),
            session=cluster.session,
        )

    async def ReportNode(self, request: pb.ReportNodeRequest, context: object) -> pb.ReportNodeResponse:
        cluster = self._open()
        node = await asyncio.to_thread(self._letting_in.heard, request.node_key, caller_address(), leaving=request.leaving)
        wanted = pb.ReportNodeResponse.WANTED_REST if node.resting else pb.ReportNodeResponse.WANTED_WORK
        reading = sum(len(machine.reading) for machine in await self._archive.nodes() if machine.id == str(node.id))
        return pb.ReportNodeResponse(wanted=wanted, session=cluster.session, pages_reading=reading)

    async def DrainNode(self, request: pb.DrainNodeRequest, context: object) -> pb.DrainNodeResponse:
        await asyncio.to_thread(self._nodes.rest, node_id(request.node_id), resting=True)
        return pb.DrainNodeResponse()

    async def ResumeNode(self, request: pb.ResumeNodeRequest, context: object) -> pb.ResumeNodeResponse:
        await asyncio.to_thread(self._nodes.rest, node_id(request.node_id), resting=False)
        return pb.ResumeNodeResponse()

    async def RemoveNode(self, request: pb.RemoveNodeRequest, context: object) -> pb.RemoveNodeResponse:
        await asyncio.to_thread(self._nodes.remove, node_id(request.node_id))
        return pb.RemoveNodeResponse()

    @property
    def _nodes(self) -> Nodes:
        return self._archive.signed.nodes

    def _open(self) -> OpenedCluster:
        if self._archive.cluster is None:
            raise ClusterClosed
        return self._archive.cluster


def _certified(cluster: OpenedCluster, request: str, now: datetime) -> bytes:
    try:
        return cluster.authority.certify(request.encode(), now)
    except AuthorityError as error:
        raise InvalidRequest(Violation("signing_request", str(error))) from error
