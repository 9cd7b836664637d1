"""One line for each RPC: how it names a thing, and what one must be to that thing to be let through.

A new RPC wants a line, in the file of its subject. It says nothing of roles and scopes: those are read from the .proto.
"""

from scriba.v1 import admin_pb2 as admin
from scriba.v1 import cluster_pb2 as cluster
from tests.service.matrix.catalogue import CATALOGUE
from tests.service.matrix.documents import DOCUMENTS
from tests.service.matrix.line import Line, Needs
from tests.service.matrix.people import PEOPLE
from tests.service.matrix.ways import WAYS

_ADMIN = {
    "ListJobs": Line(lambda t: admin.ListJobsRequest(document_id=t.document), Needs.VIEW_OR_NO_WORD),
    "GetJob": Line(lambda t: admin.GetJobRequest(id=t.failed_job), Needs.VIEW, "JOB_NOT_FOUND"),
    "RetryJob": Line(lambda t: admin.RetryJobRequest(id=t.failed_job), Needs.EDIT, "JOB_NOT_FOUND"),
    "CancelJob": Line(lambda t: admin.CancelJobRequest(id=t.queued_job), Needs.EDIT, "JOB_NOT_FOUND"),
    "WatchJobs": Line(lambda t: admin.WatchJobsRequest(job_ids=[t.failed_job]), Needs.VIEW, "JOB_NOT_FOUND"),
    "ListNodes": Line(lambda _: admin.ListNodesRequest()),
    "GetStatistics": Line(lambda _: admin.GetStatisticsRequest(characters=True)),
    "GetGrowth": Line(lambda _: admin.GetGrowthRequest()),
    "GetAttention": Line(lambda _: admin.GetAttentionRequest()),
    "ListTasks": Line(lambda _: admin.ListTasksRequest()),
    "GetServerInfo": Line(lambda _: admin.GetServerInfoRequest()),
    "RebuildIndex": Line(lambda _: admin.RebuildIndexRequest(), comes_to=("", "JOB_ACTIVE")),
    "CheckArchive": Line(lambda _: admin.CheckArchiveRequest()),
    "RepairArchive": Line(lambda _: admin.RepairArchiveRequest()),
}
_CLOSED = ("CLUSTER_CLOSED",)
_NO_NODE = "NODE_NOT_FOUND"
# No other machine may join the archive of these tests: test_cluster.py opens one.
_CLUSTER = {
    "CreateJoinCode": Line(lambda _: cluster.CreateJoinCodeRequest(), comes_to=_CLOSED),
    "JoinCluster": Line(lambda _: cluster.JoinClusterRequest(code="x", hostname="x"), comes_to=_CLOSED),
    "ReportNode": Line(lambda _: cluster.ReportNodeRequest(node_key="x"), comes_to=_CLOSED),
    "DrainNode": Line(lambda t: cluster.DrainNodeRequest(node_id=t.node), Needs.EXISTENCE, _NO_NODE),
    "ResumeNode": Line(lambda t: cluster.ResumeNodeRequest(node_id=t.node), Needs.EXISTENCE, _NO_NODE),
    "RemoveNode": Line(lambda t: cluster.RemoveNodeRequest(node_id=t.node), Needs.EXISTENCE, _NO_NODE),
}
_SERVICES = DOCUMENTS | CATALOGUE | PEOPLE | WAYS | {"AdminService": _ADMIN, "ClusterService": _CLUSTER}
LINES = {f"scriba.v1.{service}.{name}": line for service, lines in _SERVICES.items() for name, line in lines.items()}
