"""The files for nginx and Caddy do what they say: browsers and programs reach all through them, and are known for who they are."""

import os
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import grpc
import httpx
import pikepdf
import pytest

import scriba
from scriba.v1.access_pb2 import ROLE_EDITOR
from scriba.v1.accounts_pb2 import AcceptInvitationRequest, GetAccountRequest, GetAccountResponse, SignInRequest
from scriba.v1.accounts_pb2_grpc import AccountServiceStub
from scriba.v1.admin_pb2 import JOB_STATE_SUCCEEDED, WatchJobsRequest, WatchJobsResponse
from scriba.v1.audit_pb2 import AUDIT_ACT_SIGNED_IN, AuditFilter
from scriba.v1.documents_pb2 import FILE_KIND_ORIGINAL, DownloadDocumentRequest, DownloadDocumentResponse
from scriba.v1.identity_pb2 import CreateUserRequest, InviteUserRequest, User
from scriba.v1.shares_pb2 import CreateShareLinkRequest, ShareLink
from scriba.v1.sources_pb2 import CreateSourceRequest, Source
from tests.ocr.papers import digital_pdf
from tests.proxies.proxies import PROXIES, Front, is_installed, standing
from tests.proxies.visitor import FROM, browser, grpc_web, program
from tests.running import Daemon, running

PASSWORD = "correct horse battery"
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """Give an archive that believes proxies on this machine, with Anna in it; nothing is read in it."""
    settings = {"trusted_proxies": "127.0.0.1", "ocr_mode": "off", "consumer_disable": "true"}
    with running(tmp_path_factory.mktemp("behind") / "data", **settings) as daemon:
        with daemon.client() as client:
            anna = client.identity.CreateUser(CreateUserRequest(user=User(name="anna", role=ROLE_EDITOR))).user
            code = client.identity.InviteUser(InviteUserRequest(id=anna.id)).code
            client.accounts.AcceptInvitation(AcceptInvitationRequest(code=code, new_password=PASSWORD))
        yield daemon


@pytest.fixture(scope="module", params=PROXIES)
def front(request: pytest.FixtureRequest, archive: Daemon, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    if not is_installed(request.param):
        pytest.skip(f"{request.param} is not installed")
    with standing(request.param, tmp_path_factory.mktemp("proxy") / "folder", archive.address) as front:
        yield front


@pytest.fixture
def client(front: Front, archive: Daemon) -> Iterator[scriba.Client]:
    with program(front, archive.data.local_token.read_text().strip()) as client:
        yield client


@pytest.fixture
def anna(front: Front) -> Iterator[httpx.Client]:
    """Give Anna's browser, signed in."""
    with browser(front) as anna:
        assert anna.post("/session", json={"user_name": "anna", "password": PASSWORD}).status_code == 200
        yield anna


def heavy_pdf(size: int) -> bytes:
    """Make a PDF of one short page that is so heavy as no proxy takes by itself, and another each time."""
    made = BytesIO()
    with pikepdf.open(BytesIO(digital_pdf("a heavy paper"))) as pdf:
        pdf.Root.Ballast = pdf.make_stream(os.urandom(size))
        pdf.save(made)
    return made.getvalue()


def test_pages_come_and_a_browser_is_known_by_its_cookie(front: Front, anna: httpx.Client) -> None:
    (cookie,) = anna.cookies.jar
    assert (cookie.name, cookie.secure, cookie.path) == ("__Host-scriba", True, "/")
    page = anna.get("/documents", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"].split(";")[0], "default-src" in page.headers["content-security-policy"]) == (
        200,
        "text/html",
        True,
    )
    (told,) = grpc_web(anna, "AccountService/GetAccount", GetAccountRequest())
    assert GetAccountResponse.FromString(told).name == "anna"
    assert anna.get("/session").json()["user"]["name"] == "anna"
    refused = anna.post("/session", json={}, headers={"origin": "https://evil.example", "sec-fetch-site": "cross-site"})
    assert refused.status_code == 403


def test_callers_are_known_by_their_own_address_whatever_they_write(client: scriba.Client, front: Front) -> None:
    written = {"x-forwarded-for": "203.0.113.9", "x-scriba-peer": "203.0.113.9"}
    with browser(front) as anna:
        assert anna.post("/session", json={"user_name": "anna", "password": PASSWORD}, headers=written).status_code == 200
    believes = grpc.ssl_channel_credentials(front.certificate.read_bytes())
    with grpc.secure_channel(f"localhost:{front.port}", believes) as channel:
        AccountServiceStub(channel).SignIn(SignInRequest(user_name="anna", password=PASSWORD), metadata=tuple(written.items()))
    by_grpc, by_browser = client.list_audit_entries(AuditFilter(act=AUDIT_ACT_SIGNED_IN), limit=2)
    assert (by_browser.author_name, by_browser.address) == ("anna", FROM)
    assert (by_grpc.author_name, by_grpc.address) == ("anna", "127.0.0.1")


def test_figures_are_for_this_machine_and_not_for_who_comes_by_a_proxy(front: Front) -> None:
    with browser(front) as stranger:
        assert (stranger.get("/healthz").status_code, stranger.get("/metrics").status_code) == (200, 401)


def test_a_heavy_upload_comes_by_grpc_and_goes_out_by_each_way(client: scriba.Client, anna: httpx.Client, tmp_path: Path) -> None:
    paper = heavy_pdf(20 * MIB)
    document = client.upload(BytesIO(paper), filename="heavy.pdf", owner_id="").document
    assert client.download(document.id, tmp_path).path.read_bytes() == paper
    asked = DownloadDocumentRequest(id=document.id, kind=FILE_KIND_ORIGINAL)
    parts = map(DownloadDocumentResponse.FromString, grpc_web(anna, "DocumentService/DownloadDocument", asked))
    assert b"".join(part.chunk for part in parts) == paper
    link = client.shares.CreateShareLink(CreateShareLinkRequest(link=ShareLink(document_ids=[document.id])))
    assert anna.get(f"{link.path}/files/1").content == paper


@pytest.mark.soak
def test_a_very_heavy_upload_comes_by_grpc_and_by_a_form(client: scriba.Client, anna: httpx.Client) -> None:
    paper = heavy_pdf(300 * MIB)
    assert client.upload(BytesIO(paper), filename="very heavy.pdf", owner_id="").document.size_bytes == len(paper)
    source = client.sources.CreateSource(CreateSourceRequest(source=Source(name="very heavy")))
    sent = anna.post(source.path, files={"file": ("again.pdf", heavy_pdf(300 * MIB))})
    assert (sent.status_code, sent.json()["files"][0]["outcome"]) == (200, "received")


def test_a_form_takes_a_heavy_upload(client: scriba.Client, anna: httpx.Client) -> None:
    source = client.sources.CreateSource(CreateSourceRequest(source=Source(name="heavy")))
    sent = anna.post(source.path, files={"file": ("heavy.pdf", heavy_pdf(20 * MIB))})
    assert (sent.status_code, sent.json()["files"][0]["outcome"]) == (200, "received")


def test_news_come_while_the_stream_goes_on(client: scriba.Client, anna: httpx.Client) -> None:
    job_id = client.upload(BytesIO(heavy_pdf(64)), filename="news.pdf", owner_id="").job_id
    first = next(iter(client.admin.WatchJobs(WatchJobsRequest(job_ids=[job_id]))))
    list(client.follow_jobs([job_id]))
    # The stream ends when its caller goes: what waits for an end never hears the job's.
    with closing(grpc_web(anna, "AdminService/WatchJobs", WatchJobsRequest(resume_token=first.resume_token, job_ids=[job_id]))) as told:
        news = map(WatchJobsResponse.FromString, told)
        assert any(each.job.state == JOB_STATE_SUCCEEDED for each in news)
