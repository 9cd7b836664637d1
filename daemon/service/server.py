"""The gRPC server: servicers, what stands around them, limits, health and reflection."""

import time
from dataclasses import dataclass
from typing import Protocol

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection
from prometheus_client import CollectorRegistry

from actors.store.files.health import SOUND, StoreHealth
from daemon.service.administration.admin import AdminServicer
from daemon.service.administration.audit import AuditServicer
from daemon.service.administration.feed import JobFeed
from daemon.service.around.access import access_rules, allowed, service_descriptors
from daemon.service.around.calls import Interception
from daemon.service.around.deadlines import bounded
from daemon.service.around.errors import status_of
from daemon.service.around.observation import observed
from daemon.service.around.statuses import told
from daemon.service.around.validation import request_check
from daemon.service.cataloguing.assignments import AssignmentServicer
from daemon.service.cataloguing.catalog import CatalogServicer
from daemon.service.cataloguing.notes import NoteServicer
from daemon.service.cluster.cluster import ClusterServicer
from daemon.service.documents.bulk_edits import BulkEditServicer
from daemon.service.documents.documents import DocumentServicer
from daemon.service.documents.versions import VersionServicer
from daemon.service.finding.folders import FolderServicer
from daemon.service.finding.search import SearchServicer
from daemon.service.identity.accounts import AccountServicer
from daemon.service.identity.door import Door
from daemon.service.identity.identity import IdentityServicer
from daemon.service.identity.permissions import PermissionServicer
from daemon.service.mail.mail import MailServicer
from daemon.service.notices.notifications import NotificationServicer
from daemon.service.nudges import PATIENCE_SECONDS, Nudges
from daemon.service.ports import Archive
from daemon.service.receiving.sources import SourceServicer
from daemon.service.sharing.shares import ShareServicer
from daemon.service.workflows.workflows import WorkflowServicer
from scriba.v1 import (
    accounts_pb2,
    accounts_pb2_grpc,
    admin_pb2,
    admin_pb2_grpc,
    assignments_pb2,
    assignments_pb2_grpc,
    audit_pb2,
    audit_pb2_grpc,
    bulk_edits_pb2,
    bulk_edits_pb2_grpc,
    catalog_pb2,
    catalog_pb2_grpc,
    cluster_pb2,
    cluster_pb2_grpc,
    documents_pb2,
    documents_pb2_grpc,
    folders_pb2,
    folders_pb2_grpc,
    identity_pb2,
    identity_pb2_grpc,
    mail_pb2,
    mail_pb2_grpc,
    notes_pb2,
    notes_pb2_grpc,
    notifications_pb2,
    notifications_pb2_grpc,
    permissions_pb2,
    permissions_pb2_grpc,
    search_pb2,
    search_pb2_grpc,
    shares_pb2,
    shares_pb2_grpc,
    sources_pb2,
    sources_pb2_grpc,
    versions_pb2,
    versions_pb2_grpc,
    workflows_pb2,
    workflows_pb2_grpc,
)

OURS = (
    documents_pb2.DESCRIPTOR.services_by_name["DocumentService"].full_name,
    search_pb2.DESCRIPTOR.services_by_name["SearchService"].full_name,
    admin_pb2.DESCRIPTOR.services_by_name["AdminService"].full_name,
    catalog_pb2.DESCRIPTOR.services_by_name["CatalogService"].full_name,
    notes_pb2.DESCRIPTOR.services_by_name["NoteService"].full_name,
    assignments_pb2.DESCRIPTOR.services_by_name["AssignmentService"].full_name,
    workflows_pb2.DESCRIPTOR.services_by_name["WorkflowService"].full_name,
    folders_pb2.DESCRIPTOR.services_by_name["FolderService"].full_name,
    bulk_edits_pb2.DESCRIPTOR.services_by_name["BulkEditService"].full_name,
    versions_pb2.DESCRIPTOR.services_by_name["VersionService"].full_name,
    identity_pb2.DESCRIPTOR.services_by_name["IdentityService"].full_name,
    accounts_pb2.DESCRIPTOR.services_by_name["AccountService"].full_name,
    permissions_pb2.DESCRIPTOR.services_by_name["PermissionService"].full_name,
    shares_pb2.DESCRIPTOR.services_by_name["ShareService"].full_name,
    sources_pb2.DESCRIPTOR.services_by_name["SourceService"].full_name,
    audit_pb2.DESCRIPTOR.services_by_name["AuditService"].full_name,
    mail_pb2.DESCRIPTOR.services_by_name["MailService"].full_name,
    notifications_pb2.DESCRIPTOR.services_by_name["NotificationService"].full_name,
    cluster_pb2.DESCRIPTOR.services_by_name["ClusterService"].full_name,
)
SERVED = (*OURS, health.SERVICE_NAME, reflection.SERVICE_NAME)

# No services but calls, which alone are refused while a disk is nearly full.
UPLOADS = (f"{OURS[0]}/UploadDocument", f"{OURS[0]}/WriteUpload")
SEARCH = OURS[1]
_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING

MESSAGE_BYTES = 4 * 1024**2
METADATA_BYTES = 8 * 1024
STREAMS = 100
DEADLINE_SECONDS = 60.0
OPTIONS = (
    ("grpc.max_receive_message_length", MESSAGE_BYTES),
    ("grpc.max_send_message_length", MESSAGE_BYTES),
    # Between the two gRPC would refuse at random.
    ("grpc.max_metadata_size", METADATA_BYTES),
    ("grpc.absolute_max_metadata_size", METADATA_BYTES),
    ("grpc.max_concurrent_streams", STREAMS),
    # It counts streams that are ending and refuses the next ones of a client that kept to the limit (measured: 1,766 of 2,000 calls).
    # What it protects from, streams opened and reset in floods, ends at Envoy.
    ("grpc.http.overload_protection", 0),
    # A peer that is gone is known after 40 s; clients may ask as often as every 10 s, also between calls.
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
    # Two daemons on one address are a mistake, not a way to share work.
    ("grpc.so_reuseport", 0),
)


def marks_of(store: StoreHealth) -> dict[str, bool]:
    """Decide which services serve: search while the archive can be read, uploads while it accepts, the others while it can be written."""
    marks = dict.fromkeys((health.OVERALL_HEALTH, *OURS), store.writable)
    return marks | {SEARCH: store.readable} | dict.fromkeys(UPLOADS, store.accepting)


class HealthMarks(Protocol):
    """The part of grpc_health's servicer that its stubs leave out."""

    async def set(self, service: str, status: health_pb2.HealthCheckResponse.ServingStatus) -> None:
        """Mark a service, and tell those who watch it."""

    async def enter_graceful_shutdown(self) -> None:
        """Mark all services as NOT_SERVING for good."""


class ServiceServer:
    """A server that listens once it is started, and answers what it has begun before it stops."""

    def __init__(self, server: grpc.aio.Server, marks: HealthMarks, feed: JobFeed) -> None:
        self._server = server
        self._health = marks
        self._feed = feed
        self._marks: dict[str, bool] = {}

    async def start(self) -> None:
        """Listen, and say so."""
        await self._server.start()
        await self.heed(SOUND)

    async def heed(self, health_of_store: StoreHealth) -> None:
        """Tell health checks of every service whether its calls will succeed."""
        marks = marks_of(health_of_store)
        for service, serving in marks.items():
            if self._marks.get(service) is not serving:
                await self._health.set(service, _SERVING if serving else _NOT_SERVING)
        self._marks = marks

    async def stop(self, grace_seconds: float) -> None:
        """Take no new calls, end the watches, and give the calls at work a while."""
        await self._health.enter_graceful_shutdown()
        self._feed.close()
        await self._server.stop(grace_seconds)


@dataclass(frozen=True, slots=True)
class Waits:
    """The longest that a call may take, and how long it waits to see the work of an actor that goes on with its own."""

    deadline_seconds: float = DEADLINE_SECONDS
    patience_seconds: float = PATIENCE_SECONDS


USUAL_WAITS = Waits()


def build_server(archive: Archive, door: Door, address: str, registry: CollectorRegistry, waits: Waits = USUAL_WAITS) -> ServiceServer:
    """Build the server on an address like `unix:/run/scriba/grpc.sock`; raises RuleMissing when an RPC has no access rule."""
    rules = access_rules(service_descriptors(SERVED))
    concerns = (observed(registry), told(status_of), allowed(rules, door.proofs), bounded(waits.deadline_seconds))
    server = grpc.aio.server(interceptors=[Interception(concerns, request_check())], options=OPTIONS)
    feed, nudges = JobFeed(archive.whole.jobs), Nudges(waits.patience_seconds)
    marks = health.aio.HealthServicer()  # type: ignore[attr-defined]  # the stubs leave it out
    documents_pb2_grpc.add_DocumentServiceServicer_to_server(DocumentServicer(archive, nudges), server)
    search_pb2_grpc.add_SearchServiceServicer_to_server(SearchServicer(archive), server)
    admin_pb2_grpc.add_AdminServiceServicer_to_server(AdminServicer(archive, nudges, feed), server)
    catalog_pb2_grpc.add_CatalogServiceServicer_to_server(CatalogServicer(archive, nudges), server)
    notes_pb2_grpc.add_NoteServiceServicer_to_server(NoteServicer(archive, nudges), server)
    assignments_pb2_grpc.add_AssignmentServiceServicer_to_server(AssignmentServicer(archive, nudges), server)
    workflows_pb2_grpc.add_WorkflowServiceServicer_to_server(WorkflowServicer(archive), server)
    folders_pb2_grpc.add_FolderServiceServicer_to_server(FolderServicer(archive), server)
    bulk_edits_pb2_grpc.add_BulkEditServiceServicer_to_server(BulkEditServicer(archive, nudges), server)
    versions_pb2_grpc.add_VersionServiceServicer_to_server(VersionServicer(archive, nudges), server)
    permissions_pb2_grpc.add_PermissionServiceServicer_to_server(PermissionServicer(archive, nudges), server)
    shares_pb2_grpc.add_ShareServiceServicer_to_server(ShareServicer(archive), server)
    sources_pb2_grpc.add_SourceServiceServicer_to_server(SourceServicer(archive), server)
    mail_pb2_grpc.add_MailServiceServicer_to_server(MailServicer(archive), server)
    notifications_pb2_grpc.add_NotificationServiceServicer_to_server(NotificationServicer(archive), server)
    cluster_pb2_grpc.add_ClusterServiceServicer_to_server(ClusterServicer(archive, time.monotonic), server)
    audit_pb2_grpc.add_AuditServiceServicer_to_server(AuditServicer(archive), server)
    identity_pb2_grpc.add_IdentityServiceServicer_to_server(IdentityServicer(archive, door.known), server)
    accounts_pb2_grpc.add_AccountServiceServicer_to_server(AccountServicer(archive, door.known, door.sign_ins), server)
    health_pb2_grpc.add_HealthServicer_to_server(marks, server)
    reflection.enable_server_reflection(SERVED, server)
    server.add_insecure_port(address)
    return ServiceServer(server, marks, feed)
