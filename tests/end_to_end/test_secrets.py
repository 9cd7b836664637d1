"""A secret reaches whom it is for, and is found nowhere else; its key is changed."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from actors.sealing.key_file import load_keys
from actors.sealing.seals import Seals
from actors.store.nouns.sealed import Sealed
from actors.store.store import join_store
from daemon.main import app
from scriba.v1 import workflows_pb2 as pb
from tests.end_to_end.person import Person
from tests.errands.servers import WebSink, web_sink
from tests.ocr.papers import digital_pdf
from tests.running import running

CANARY = "canary-5b1f9c"


@pytest.fixture
def sink() -> Iterator[WebSink]:
    with web_sink() as opened:
        yield opened


def calling(*urls: str) -> pb.CreateWorkflowRequest:
    """Describe a workflow that calls webhooks with a secret in a header."""
    webhooks = [pb.WebhookAction(url=url, headers={"Authorization": f"Bearer {CANARY}"}) for url in urls]
    trigger, actions = pb.WorkflowTrigger(kind=pb.TRIGGER_KIND_DOCUMENT_ADDED), [pb.WorkflowAction(webhook=one) for one in webhooks]
    return pb.CreateWorkflowRequest(workflow=pb.Workflow(name="tell", enabled=True, triggers=[trigger], actions=actions))


def files_with_it(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


@pytest.mark.timeout(300)
def test_a_secret_reaches_whom_it_is_for_and_is_found_nowhere_else(tmp_path: Path, sink: WebSink) -> None:
    rotate = ["secrets", "rotate", "--data-dir", str(tmp_path / "data")]
    with running(tmp_path / "data", allowed_internal_hosts=f"localhost:{sink.port}") as daemon, Person(daemon) as person:
        workflows = person.client.workflows
        # The second host is not in the list: what that call says of itself must hold no secret either.
        made = workflows.CreateWorkflow(calling(f"http://localhost:{sink.port}/hook", f"http://127.0.0.1:{sink.port}/other")).workflow
        document = person.put("letter.pdf", digital_pdf("a letter"))
        person.wait_until(lambda: bool(sink.calls) and bool(person.look(document.id).warnings))
        assert [(call.path, call.headers["authorization"]) for call in sink.calls] == [("/hook", f"Bearer {CANARY}")]
        assert "127.0.0.1 is no host of the internet" in person.look(document.id).warnings[0].message
        shown = person.type("workflows", "show", "tell").out
        assert f"call http://localhost:{sink.port}/hook, with Authorization" in shown
        with urlopen(f"http://{daemon.address}/metrics", timeout=10) as metrics:  # our own daemon
            told = [shown, metrics.read().decode(), made, person.look(document.id)]
        told += [workflows.GetWorkflow(pb.GetWorkflowRequest(id=made.id)), workflows.ListWorkflows(pb.ListWorkflowsRequest())]
        told += [workflows.DryRunWorkflows(pb.DryRunWorkflowsRequest(workflow_id=made.id, document_id=document.id))]
        assert CANARY not in str(told)
        assert files_with_it(tmp_path) == []
        assert CliRunner().invoke(app, rotate).exit_code == 1
    done = CliRunner().invoke(app, rotate)
    assert (done.exit_code, done.output) == (0, "A new key is in secrets/secrets.key; 2 secrets are sealed with it. Back it up.\n")
    with closing(join_store(daemon.store_url, daemon.data)) as store:
        seals = Seals(load_keys(daemon.data.secrets_key))
        assert [seals.unseal(Sealed(kept)) for kept in store.secrets.kept()] == [f"Bearer {CANARY}"] * 2
    assert files_with_it(tmp_path) == []
