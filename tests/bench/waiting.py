"""Waits for a daemon with as little of its time as can be: one channel, and two small calls for a look."""

import scriba
from scriba.v1 import admin_pb2, documents_pb2
from tests.running import ACTIVE, Daemon, wait_until

MOST_SECONDS = 900.0


def wait_for_all(daemon: Daemon, client: scriba.Client, documents: int) -> None:
    """Wait until so many documents are there, and no job is at work."""
    wait_until(lambda: accepted(client) >= documents and at_rest(client), MOST_SECONDS, daemon.story)


def wait_for_accepted(daemon: Daemon, client: scriba.Client, documents: int) -> None:
    """Wait until so many documents are stored for good."""
    wait_until(lambda: accepted(client) >= documents, MOST_SECONDS, daemon.story)


def accepted(client: scriba.Client) -> int:
    """Count the documents."""
    return client.documents.ListDocuments(documents_pb2.ListDocumentsRequest(page_size=1)).total_size


def at_rest(client: scriba.Client) -> bool:
    """Tell whether no job is at work."""
    return not client.admin.ListJobs(admin_pb2.ListJobsRequest(states=ACTIVE, page_size=1)).jobs
