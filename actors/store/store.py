"""The store: the database and the files beside it, opened as one."""

from functools import partial

from actors.store.access.items import ItemPermissions
from actors.store.access.permissions import Permissions
from actors.store.assignments.assignments import Assignments
from actors.store.audit.deeds import Now, act_as
from actors.store.audit.entries import AuditEntries
from actors.store.bulk.edits import BulkEdits
from actors.store.catalog.catalog import Catalog
from actors.store.catalog.notes import Notes
from actors.store.database import Database
from actors.store.documents.documents import Documents
from actors.store.documents.filed import Filed
from actors.store.documents.likenesses import Likenesses
from actors.store.documents.pages import Pages
from actors.store.documents.sides import Sides
from actors.store.documents.successions import Successions
from actors.store.documents.uploads import Uploads
from actors.store.figures.figures import Figures
from actors.store.files.data_dir import DataDir
from actors.store.files.derived import Archives, Thumbnails
from actors.store.files.layers import Layers
from actors.store.files.named_files import NamedFiles
from actors.store.files.originals import Originals
from actors.store.files.unlocked import Unlocked
from actors.store.folders.places import Places
from actors.store.identity.groups import Groups
from actors.store.identity.identities import Identities
from actors.store.identity.invitations import Invitations
from actors.store.identity.tokens import Tokens
from actors.store.identity.users import Users
from actors.store.jobs.jobs import Jobs
from actors.store.jobs.tasks import Tasks
from actors.store.mail.accounts import MailAccounts
from actors.store.mail.mails import Mails
from actors.store.mail.rules import MailRules
from actors.store.nodes.nodes import Nodes
from actors.store.notifications.notices import Notices
from actors.store.notifications.notifications import Notifications
from actors.store.nouns.access import Viewer
from actors.store.nouns.archive import Statistics
from actors.store.nouns.audit import Author
from actors.store.outbox import Outbox
from actors.store.receiving.links import UploadLinks
from actors.store.rows.seeing import narrow
from actors.store.secrets import Secrets
from actors.store.sharing.links import ShareLinks
from actors.store.statistics import characters, statistics
from actors.store.versions.orders import PageOrders
from actors.store.versions.versions import Versions
from actors.store.workflows.errands import Errands
from actors.store.workflows.visits import Visits
from actors.store.workflows.workflows import Workflows


class Store:
    """One noun per attribute. Thread-safe; every process opens its own."""

    def __init__(self, database: Database, data: DataDir) -> None:
        self.database = database
        self.data = data
        self.documents = Documents(database, data)
        self.catalog = Catalog(database)
        self.notes = Notes(database)
        self.assignments = Assignments(database)
        self.successions = Successions(database, data)
        self.workflows = Workflows(database)
        self.visits = Visits(database)
        self.sides = Sides(database)
        self.errands = Errands(database)
        self.secrets = Secrets(database)
        self.jobs = Jobs(database)
        self.bulk_edits = BulkEdits(database)
        self.pages = Pages(database)
        self.places = Places(database)
        self.named_files = NamedFiles(database)
        self.filed = Filed(database)
        self.likenesses = Likenesses(database)
        self.tasks = Tasks(database)
        self.outbox = Outbox(database)
        self.uploads = Uploads(database)
        self.originals = Originals(data)
        self.layers = Layers(data)
        self.archives = Archives(data)
        self.thumbnails = Thumbnails(data)
        self.unlocked = Unlocked(data)
        self.versions = Versions(database, data)
        self.page_orders = PageOrders(database, data)
        self.users = Users(database)
        self.groups = Groups(database)
        self.tokens = Tokens(database)
        self.identities = Identities(database)
        self.invitations = Invitations(database)
        self.permissions = Permissions(database)
        self.item_permissions = ItemPermissions(database)
        self.share_links = ShareLinks(database)
        self.audit = AuditEntries(database)
        self.upload_links = UploadLinks(database)
        self.mail_accounts = MailAccounts(database)
        self.mail_rules = MailRules(database)
        self.mails = Mails(database)
        self.notifications = Notifications(database)
        self.notices = Notices(database)
        self.nodes = Nodes(database)
        self.figures = Figures(database)

    def statistics(self) -> Statistics:
        """Add up the archive."""
        with self.database.read() as session:
            return statistics(session, self.data)

    def characters(self) -> int:
        """Count the letters of all texts, which takes seconds in a large archive."""
        with self.database.read() as session:
            return characters(session)

    def seen_by(self, viewer: Viewer) -> "Store":
        """Give the archive as somebody sees it: what he may not see is not there, and what he may not change is refused."""
        return self if viewer.everything else Store(self.database.narrowed(partial(narrow, viewer=viewer)), self.data)

    def acting(self, author: Author, now: Now) -> "Store":
        """Give the whole archive as somebody changes it: the audit tells what he does. `seen_by` then narrows it."""
        return Store(self.database.signed(partial(act_as, author=author, now=now)), self.data)

    @property
    def failed(self) -> str:
        """Tell why this process writes to the database no more, '' while it does."""
        return self.database.failed

    def ping(self) -> None:
        """Ask the database for something small. Raises StoreUnavailable."""
        self.database.ping()

    def close(self) -> None:
        """Close the connections to the database."""
        self.database.close()


def join_store(url: str, data: DataDir) -> Store:
    """Open an archive that another process has opened already (opening.py): without the tools of migration, which take long to load."""
    return Store(Database(url), data)
