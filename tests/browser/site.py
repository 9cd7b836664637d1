"""An archive that scenarios meet: a real daemon with the built client, people who sign in, and some papers of a household."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from daemon.certificates.authority import ask_for
from daemon.head import versions
from scriba.v1.access_pb2 import Role
from scriba.v1.accounts_pb2 import AcceptInvitationRequest
from scriba.v1.identity_pb2 import CreateUserRequest, InviteUserRequest, User
from tests.browser.scans import make_scans
from tests.end_to_end.person import Person
from tests.end_to_end.test_people import CODE
from tests.household.home import Home
from tests.household.papers import Paper, Way, year
from tests.household.test_year import SETTINGS as AS_AT_HOME
from tests.ports import free_row
from tests.running import Daemon, running, wait_until

WEB = Path(__file__).parents[2] / "clients" / "web"
MADE_FROM = ("src", "public", "sdk", "index.html", "vite.config.ts", "package-lock.json")
ROLES: Mapping[str, Role.ValueType] = {"admin": Role.ROLE_ADMIN, "editor": Role.ROLE_EDITOR, "viewer": Role.ROLE_VIEWER}
PASSWORDS = {name: f"the {name} reads letters" for name in ROLES}


@dataclass(frozen=True, slots=True)
class Site:
    """Where a browser finds an archive; `told` is what scenarios are told of it, by the names in clients/web/e2e/surroundings.ts."""

    url: str
    told: Mapping[str, str] = field(default_factory=dict)


def built_late() -> str:
    """Say what to do where the built client is older than what it is made from; '' where nothing is."""
    page = WEB / "dist" / "index.html"
    made_from = [file for name in MADE_FROM for file in ((WEB / name).rglob("*") if (WEB / name).is_dir() else (WEB / name,))]
    if page.is_file() and all(file.stat().st_mtime <= page.stat().st_mtime for file in made_from):
        return ""
    return "the web client is not built, or older than its sources: make web"


@contextmanager
def furnished(folder: Path, papers: Sequence[Paper]) -> Iterator[Site]:
    """Start an archive, let people in, and have papers read in it."""
    opened = {"cluster": "true", "cluster_port": str(free_row())}
    with running(folder, **AS_AT_HOME, **opened, allowed_internal_hosts="localhost") as daemon, Person(daemon) as person:
        let_in(person)
        home = Home(person, folder.parent)
        home.set_up()
        home.hand_in(papers)
        document = next(iter(home.documents().values()))
        yield Site(f"http://{daemon.address}", {"DOCUMENT": document.id, "MACHINE": machine_told(), **passwords_told()})


@contextmanager
def empty(folder: Path) -> Iterator[Site]:
    """Start an archive in which there is nobody yet."""
    with running(folder) as daemon:
        yield Site(f"http://{daemon.address}", {"FIRST_CODE": first_code(daemon)})


@contextmanager
def moved_in(folder: Path) -> Iterator[Site]:
    """Start an archive with people and without papers, and lay scans ready for them to bring."""
    with running(folder) as daemon, Person(daemon) as person:
        let_in(person)
        scans = {who: asdict(each) for who, each in make_scans(folder.parent / "scans").items()}
        yield Site(f"http://{daemon.address}", {"SCANS": json.dumps(scans), **passwords_told()})


def first_code(daemon: Daemon) -> str:
    """Read the code for the first user from the daemon's greeting."""
    wait_until(lambda: CODE.search(daemon.log.read_text()) is not None, 30.0)
    return str(CODE.findall(daemon.log.read_text())[-1])


def let_in(person: Person) -> None:
    """Make a user for each role, called like it."""
    users, accounts = person.client.identity, person.client.accounts
    for name, role in ROLES.items():
        user = users.CreateUser(CreateUserRequest(user=User(name=name, role=role))).user
        code = users.InviteUser(InviteUserRequest(id=user.id)).code
        accounts.AcceptInvitation(AcceptInvitationRequest(code=code, new_password=PASSWORDS[name]))


def passwords_told() -> dict[str, str]:
    """Give the passwords by the names under which scenarios look for them."""
    return {f"PASSWORD_OF_{name.upper()}": password for name, password in PASSWORDS.items()}


def machine_told() -> str:
    """Tell what another machine would say of itself that joins."""
    here = versions()
    told = {"scribaVersion": here.scriba, "rayVersion": here.ray, "pythonVersion": here.python}
    return json.dumps({"versions": told, "signingRequest": ask_for(["127.0.0.1"])[1].decode("ascii")})


def some_papers(every: int) -> list[Paper]:
    """Choose from a year's papers; none of those that take a command each."""
    return [paper for paper in year() if paper.way is not Way.COMMAND][::every]
