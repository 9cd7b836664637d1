"""Where everything lies on the disk."""

from dataclasses import dataclass
from pathlib import Path

from actors.store.files.durable import sync_folder
from actors.store.nouns.archive import DocumentId

PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class DataDir:
    """The folder that holds an archive. Only `scriba.db` and `originals/` are the truth; what else is in it can be made again."""

    root: Path

    @property
    def consume(self) -> Path:
        """The watched folder: what is dropped here is taken in."""
        return self.root / "consume"

    @property
    def originals(self) -> Path:
        """Every document as it came, named by its SHA-256."""
        return self.root / "originals"

    @property
    def archive(self) -> Path:
        """Searchable PDF/A files."""
        return self.root / "archive"

    @property
    def named(self) -> Path:
        """Second names of originals and archive files, for people; only there once they were asked for."""
        return self.root / "named"

    @property
    def thumbnails(self) -> Path:
        """First pages as WebP."""
        return self.root / "thumbnails"

    @property
    def database(self) -> Path:
        """The SQLite file, where no other database is set."""
        return self.root / "scriba.db"

    @property
    def index(self) -> Path:
        """The search index."""
        return self.root / "index"

    @property
    def classifier(self) -> Path:
        """What was learned from the archive."""
        return self.root / "classifier"

    @property
    def spool(self) -> Path:
        """Work in hand; empty when nothing is at work."""
        return self.root / "spool"

    @property
    def uploads(self) -> Path:
        """Uploads that are still arriving."""
        return self.spool / "uploads"

    @property
    def incoming(self) -> Path:
        """Copies of dropped files on their way to `originals`."""
        return self.spool / "incoming"

    @property
    def pages(self) -> Path:
        """Text layers of the pages that are read and not yet bound."""
        return self.spool / "pages"

    @property
    def unlocked(self) -> Path:
        """Decrypted work copies, kept until they are bound."""
        return self.spool / "unlocked"

    @property
    def quarantine(self) -> Path:
        """What repair has put aside; only there once it has."""
        return self.root / "quarantine"

    @property
    def secrets(self) -> Path:
        """Tokens and keys."""
        return self.root / "secrets"

    @property
    def local_token(self) -> Path:
        """The token of the CLI on the same machine."""
        return self.secrets / "local.token"

    @property
    def self_made_certificate(self) -> Path:
        """The certificate that the daemon has made for its port, with its key; only there where none was given."""
        return self.secrets / "tls.pem"

    @property
    def public_certificate(self) -> Path:
        """That certificate alone, to be given to others."""
        return self.secrets / "certificate.pem"

    @property
    def local_trust(self) -> Path:
        """What programs on this machine need to speak TLS with the daemon; only there while it does."""
        return self.secrets / "local-tls.json"

    @property
    def cluster_authority(self) -> Path:
        """What vouches for the machines of a cluster, with its key; only there once others may join."""
        return self.secrets / "cluster-authority.pem"

    @property
    def backed_up(self) -> Path:
        """Changed last when a backup came to its end with all that there was."""
        return self.root / "backup.done"

    @property
    def cluster_token(self) -> Path:
        """The token of the processes of the cluster."""
        return self.secrets / "cluster.token"

    @property
    def secrets_key(self) -> Path:
        """The key by which secrets in the database are sealed."""
        return self.secrets / "secrets.key"

    @property
    def run(self) -> Path:
        """What one run of the daemon leaves: its pid, its sockets, Envoy's configuration."""
        return self.root / "run"

    @property
    def scratch(self) -> Path:
        """Temporary files of decoders; emptied at each start."""
        return self.run / "scratch"

    @property
    def database_url(self) -> str:
        """The URL of the SQLite file."""
        return f"sqlite:///{self.database}"

    def archive_file(self, document_id: DocumentId) -> Path:
        """Name the searchable PDF/A of a document, there or not."""
        return self.archive / f"{document_id}.pdf"

    def thumbnail_file(self, document_id: DocumentId) -> Path:
        """Name the thumbnail of a document, there or not."""
        return self.thumbnails / f"{document_id}.webp"

    def upload_file(self, request_id: str) -> Path:
        """Name the part of an upload that has arrived, there or not."""
        return self.uploads / f"{request_id}.part"

    def create(self) -> None:
        """Make every folder that is missing, readable by its owner alone but for `consume`, which a scanner's user must reach."""
        self.root.mkdir(mode=0o711, parents=True, exist_ok=True)
        self.consume.mkdir(exist_ok=True)
        for folder in (self.originals, self.archive, self.thumbnails, self.index, self.classifier, self.run):
            folder.mkdir(mode=PRIVATE, exist_ok=True)
        for folder in (self.secrets, self.spool, self.uploads, self.incoming, self.pages, self.unlocked):
            folder.mkdir(mode=PRIVATE, exist_ok=True)
            # Whoever opened it by hand, secrets and decrypted copies are for nobody else.
            folder.chmod(PRIVATE)
        for folder in (self.root.parent, self.root, self.spool):
            sync_folder(folder)
