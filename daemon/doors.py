"""What callers meet: the contract, what a browser gets besides, and the one port before both."""

import asyncio
import os
import platform
import re
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version

import structlog
from starlette.routing import Route

from actors.errands.mailing import Mailer
from actors.grants.flow import grant_flows
from actors.index.searcher import Searcher
from actors.notices.noticing import Noticer
from actors.notices.telling import Teller
from actors.ocr.engines.tessdata import find_tessdata, models
from actors.openid.calling import Calling
from actors.openid.flow import SignInFlow
from actors.runtime.errors import ActorSystemError
from actors.store.errors import StoreUnavailable
from actors.store.files.health import StoreHealth
from actors.store.store import Store
from daemon.cast.intake import named_user
from daemon.cast.understanding import make_understanding
from daemon.certificates.watch import CertificateWatch
from daemon.edge.edge import Edge
from daemon.edge.envoy_config import EdgePlan
from daemon.ground import Ground
from daemon.head import new_session, versions
from daemon.keeping.figures import Figures
from daemon.keeping.keepers import Keepers
from daemon.keeping.notices import Notices
from daemon.keeping.timetable import discarded_by
from daemon.listen import ListenAddress
from daemon.local_token import load_or_create_local_token
from daemon.machines import list_machines, look_at_machines
from daemon.metrics import Looks, MachineFigures, archive_registry, refused_sign_ins
from daemon.service.around.browsers import Browsers
from daemon.service.around.proofs import Proofs
from daemon.service.around.remote_users import RemoteUsers
from daemon.service.around.tokens import LocalToken, StoredTokens
from daemon.service.identity.door import Door
from daemon.service.identity.signing_in import SignIns
from daemon.service.identity.vouching import Vouching
from daemon.service.opened import OpenedCluster
from daemon.service.ports import Archive, ServerFacts
from daemon.service.server import ServiceServer, build_server
from daemon.settings.model import Settings
from daemon.smtp.delivery import Delivery as MailDelivery
from daemon.smtp.door import SmtpDoor
from daemon.smtp.encryption import MailEncryption
from daemon.smtp.reception import Reception as MailReception
from daemon.stage import Stage
from daemon.web.app import WebParts, web_app
from daemon.web.mailboxes.granting import GrantingParts, mailbox_routes
from daemon.web.receiving.delivery import Reception
from daemon.web.receiving.room import receiving_room
from daemon.web.server import WebServer
from daemon.web.sharing.routes import share_routes
from daemon.web.signing_in.openid import OpenIdParts, openid_routes
from daemon.web.signing_in.pending import Pendings
from daemon.web.signing_in.sessions import session_routes

log = structlog.get_logger()

GRACE_SECONDS = 2.0
FIGURES_SECONDS = 5.0


async def open_doors(ground: Ground, keepers: Keepers, certificates: CertificateWatch | None, house: AsyncExitStack) -> None:
    """Serve callers, the port last; when the house ends, the port closes first, and calls have some seconds to end."""
    settings, sockets, store, stage, watch = ground.settings, ground.sockets, ground.store, ground.stage, keepers.watch
    token = load_or_create_local_token(store.data)
    registry = archive_registry(looks_of(ground, keepers))
    searcher = Searcher(store.data.index, store.pages.texts_of, store.catalog, keepers.suspicion)
    teller = Teller(store, settings.errands(), ground.seals, settings.public_url, partial(datetime.now, settings.zone))
    archive = archive_of(ground, keepers, certificates, searcher, teller)
    await open_mail_door(ground, archive, certificates, house)
    browsers, refused = Browsers(certificates is not None, settings.public_url.lower()), refused_sign_ins(registry)
    door = door_of(archive, LocalToken(token), browsers, settings, refused)
    if settings.believes_plain_text:
        log.warning("remote user header is believed in plain text: whoever is between the proxy and this port can call as any user")
    server = build_server(archive, door, sockets.rpc_target, registry)
    await server.start()
    reception = Reception(store, stage.intake, archive.health, archive.now, archive.facts.max_upload_bytes)
    parts = WebParts(stage.working, stage.sandbox, lambda: watch.health, registry, token)
    address = door.proofs.address
    links = [*share_routes(store, archive.now, time.monotonic, address), *receiving_room(reception, time.monotonic, address)]
    providers = [*provider_routes(settings, archive, door), *granting_routes(settings, archive, door)]
    rooms = [*session_routes(door, settings.ways()), *providers, *links]
    web = WebServer(web_app(parts, rooms), sockets.web)
    await web.start()
    house.push_async_callback(web.stop)
    notices = Notices(Noticer(store, searcher, archive.now).look, teller.tell_due)
    notices.start()
    house.push_async_callback(notices.stop)
    watch.start(partial(spread, server, stage, searcher))
    if certificates:
        certificates.start()
        house.push_async_callback(certificates.stop)
    tls = certificates.plan if certificates else None
    edge = Edge(EdgePlan(settings.listen, sockets.rpc, sockets.web, sockets.envoy_admin, tls=tls), store.data.run / "envoy.json")
    await edge.start()
    house.push_async_callback(edge.stop)
    house.push_async_callback(server.stop, GRACE_SECONDS)
    house.push_async_callback(edge.drain)


async def open_mail_door(ground: Ground, archive: Archive, certificates: CertificateWatch | None, house: AsyncExitStack) -> None:
    """Take mail in where that is wanted; raises StartError."""
    settings = ground.settings.smtp()
    if settings is None:
        return
    store, owner = ground.store, partial(named_user, ground.store, ground.settings.consume_owner)
    delivery = MailDelivery(store, archive.intake, owner, settings.keep_mails)
    reception = MailReception(delivery, settings, store.data.uploads, archive.health, time.monotonic)
    encryption = MailEncryption(lambda: certificates.shown.certificate, store.data.run) if certificates else None
    door = SmtpDoor(reception, settings, encryption)
    await door.start()
    house.push_async_callback(door.stop)


def looks_of(ground: Ground, keepers: Keepers) -> Looks:
    """Tell whom a monitor's figures are asked of."""
    stage, store, watch = ground.stage, ground.store, keepers.watch
    figures = Figures(store, partial(datetime.now, UTC), lambda: keepers.reconciling.last)
    kind = re.split("[+:]", ground.settings.store_url)[0]
    build = {"version": version("scriba"), "database": kind, "python": platform.python_version()}
    return Looks(
        figures, lambda: watch.health, partial(machines_soon, stage, store, asyncio.get_running_loop()), lambda: watch.disks, build
    )


def machines_soon(stage: Stage, store: Store, loop: asyncio.AbstractEventLoop) -> MachineFigures | None:
    """Look at the machines from a thread, in which a monitor is answered; None where those who know don't answer soon."""
    if not stage.has_begun:
        return None
    looking = asyncio.run_coroutine_threadsafe(look_at_machines(stage, store), loop)
    try:
        return looking.result(FIGURES_SECONDS)
    except (TimeoutError, ActorSystemError, StoreUnavailable):
        looking.cancel()
        return None


def door_of(archive: Archive, local: LocalToken, browsers: Browsers, settings: Settings, refused: Callable[[str], None]) -> Door:
    """Make the door that servicers and web app stand behind, so that guesses at either count for both."""
    tokens = StoredTokens(local, archive.whole.tokens, archive.now, time.monotonic)
    remote = RemoteUsers(archive.whole, settings.remote_user_create, archive.now, time.monotonic)
    proofs = Proofs(tokens, browsers, settings.proxies(), remote)
    sign_ins = SignIns(archive.whole, archive.seals, archive.now, time.monotonic, not settings.disable_regular_login, refused)
    return Door(browsers, proofs, proofs, sign_ins)


def provider_routes(settings: Settings, archive: Archive, door: Door) -> list[Route]:
    """Give the routes by which a provider's word lets people in; none without a provider."""
    provider, rules = settings.provider(), settings.vouching()
    if provider is None:
        return []
    flow = SignInFlow(provider, Calling(provider.rules()), time.monotonic)
    parts = OpenIdParts(flow, Vouching(archive.whole, rules), Pendings(archive.seals, time.time), archive.now, rules.wanted)
    return openid_routes(door, parts)


def granting_routes(settings: Settings, archive: Archive, door: Door) -> list[Route]:
    """Give the routes by which owners sign in to their mailboxes at providers, or are told that no provider knows this archive."""
    flows = grant_flows(settings.grant_clients())
    pendings = Pendings(archive.seals, time.time, "mailbox")
    parts = GrantingParts(archive.whole, archive.seals, archive.now, flows, pendings, archive.mailboxes.heed)
    return mailbox_routes(door, parts)


def archive_of(ground: Ground, keepers: Keepers, certificates: CertificateWatch | None, searcher: Searcher, teller: Teller) -> Archive:
    """Gather what the servicers need."""
    settings, store, stage = ground.settings, ground.store, ground.stage
    return Archive(
        whole=store,
        seals=ground.seals,
        intake=stage.intake,
        pipeline=stage.pipeline,
        index=stage.index,
        binder=stage.binder,
        checks=keepers.checks,
        planner=keepers.edits.planner,
        mailboxes=stage.postman,
        mailer=Mailer(settings.errands().mail),
        teller=teller,
        searcher=searcher,
        understanding=make_understanding(settings.understanding(), store, settings.zone),
        filer=keepers.filer,
        nodes=partial(list_machines, stage, store),
        facts=facts_of(settings),
        now=partial(datetime.now, settings.zone),
        health=lambda: keepers.watch.health,
        discarded=discarded_by(settings),
        edited=keepers.edits.tell,
        cluster=opened_cluster(ground, certificates),
    )


def opened_cluster(ground: Ground, certificates: CertificateWatch | None) -> OpenedCluster | None:
    """Gather what machines are told that join; None where none may."""
    head, listen = ground.head, ground.settings.listen
    if head is None:
        return None
    return OpenedCluster(
        ray_address=ground.ray.address,
        ray_token=ground.store.data.cluster_token.read_text(encoding="ascii").strip(),
        authority=head.authority,
        session=new_session(),
        versions=versions(),
        entrance=str(ListenAddress(head.address, listen.port)),
        fingerprint=lambda: certificates.shown.certificate.fingerprint if certificates else "",
    )


async def spread(server: ServiceServer, stage: Stage, searcher: Searcher, health: StoreHealth) -> None:
    """Let everyone know what the store allows, and search be ready for a disk that allows nothing."""
    await server.heed(health)
    await asyncio.to_thread(searcher.keep_up)
    await stage.heed(health)


def facts_of(settings: Settings) -> ServerFacts:
    """Tell clients what they talk to."""
    languages = sorted(models(find_tessdata(os.environ)) - {"osd"})
    return ServerFacts(
        version("scriba"),
        tuple(languages),
        settings.ocr_engine.value,
        int(settings.max_upload_bytes),
        public_url=settings.public_url,
        mail_providers=tuple(settings.grant_clients()),
    )
