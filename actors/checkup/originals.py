"""Whether the originals, of all versions of all documents, are what the database says, no more and no less."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from sqlalchemy import exists, select, tuple_, union_all
from sqlalchemy.orm import Session

from actors.checkup.findings import MENDED, NEEDS_PERSON, Finding, Kind, Outcome, Treated
from actors.checkup.messages import CheckOrder
from actors.checkup.quarantine import Quarantine
from actors.checkup.stored_files import Seen, glance, read_through
from actors.checkup.subject import LookAgain, Plain
from actors.store.files.durable import make_folder
from actors.store.files.originals import READ_ONLY, SUFFIX
from actors.store.nouns.archive import DocumentId
from actors.store.rows.archive import DocumentRow, LeftoverRow
from actors.store.rows.versions import LooseOriginalRow, VersionRow, is_kept, rows_with_bytes
from actors.store.store import Store

# An original is stored a moment before its row is written (RELIABILITY R1); a writer waits half a minute for its turn at most.
EXTRA_AFTER = timedelta(minutes=10)
_OURS = re.compile(r"([0-9a-f]{64})(?:\.[A-Za-z0-9]{1,16})?")
_ROWS_AT_ONCE = 1_000
# Files of newest versions, which stand with their documents, and of earlier ones.
_NEWEST = select(DocumentRow.sha256, DocumentRow.id.label("document_id"), DocumentRow.size_bytes)
_EARLIER = (
    select(VersionRow.sha256, VersionRow.document_id, VersionRow.size_bytes)
    .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
    .where(VersionRow.number != DocumentRow.version)
)
_SHARDS = tuple(f"{number:02x}" for number in range(256))


@dataclass(frozen=True, slots=True)
class Wanted:
    """An original that a document must have."""

    document_id: DocumentId
    sha256: str
    size: int


def judge(wanted: Wanted, seen: Seen) -> tuple[Kind, str] | None:
    """Tell what is wrong with the file in an original's place."""
    if not seen.regular:
        return Kind.ORIGINAL_NOT_A_FILE, "it is a link, a folder or something else that is no file"
    if not seen.readable:
        return Kind.ORIGINAL_UNREADABLE, seen.error
    if seen.size != wanted.size:
        return Kind.ORIGINAL_CHANGED, f"it has {seen.size} bytes instead of {wanted.size}"
    if seen.sha256 != wanted.sha256:
        return Kind.ORIGINAL_CHANGED, f"its SHA-256 is {seen.sha256}"
    if seen.mode != READ_ONLY:
        return Kind.ORIGINAL_WRITABLE, f"its mode is {seen.mode:04o}"
    return None


def wanted_at(session: Session, document_id: DocumentId, path: Path) -> Wanted | None:
    """Tell which file of a document must be at a path; None where it needs none there, or is gone."""
    for query in (_NEWEST.where(DocumentRow.id == document_id), _EARLIER.where(DocumentRow.id == document_id)):
        for sha256, _, size in session.execute(query):
            if path.name.startswith(sha256):
                return Wanted(document_id, sha256, size)
    return None


class OriginalFiles(Plain):
    """Reads every original, folder by folder."""

    def __init__(self, store: Store, order: CheckOrder, extra_after: timedelta = EXTRA_AFTER) -> None:
        super().__init__(order)
        self._store = store
        self._root = store.data.originals
        self._quarantine = Quarantine(store.data)
        self._extra_after = extra_after
        self._seen: dict[str, Seen] = {}
        self._emptied: list[Wanted] = []

    def total(self) -> int:
        """Count the documents, those in the trash too; few have had other files."""
        return self._store.documents.count(deleted=False) + self._store.documents.count(deleted=True)

    def look(self) -> Iterator[Finding | int]:
        """Compare one folder after another with its rows; what is missing comes last, since it may turn up elsewhere."""
        missing: list[Wanted] = []
        for name, wanted in _by_shard(self._wanted()):
            there = _by_digest(self._root / name)
            for digest, documents in wanted.items():
                paths = there.pop(digest, [])
                if paths:
                    yield from self._look_at(documents[0], paths)
                else:
                    missing += documents
                yield len(documents)
            for path in (path for paths in there.values() for path in paths):
                yield from self._look_at_extra(path)
        for path in sorted(path for path in self._root.iterdir() if path.name not in _SHARDS or not _is_folder(path)):
            yield from self._look_at_extra(path)
        # What was put aside for its wrong bytes may have got the right ones since, from where they were too much.
        yield from map(self._missing, missing + self._emptied)

    def look_again(self, suspect: Finding) -> Finding | None:
        """Read the file once more."""
        path = self._store.data.root / suspect.path
        found: Iterator[Finding]
        if suspect.document_id is None:
            found = self._look_at_extra(path)
        else:
            with self._store.database.read() as session:
                wanted = wanted_at(session, suspect.document_id, path)
            found = iter(()) if wanted is None else self._look_at(wanted, [path])
        return next(found, None)

    def confirm(self, session: Session, suspect: Finding, now: datetime) -> bool:
        """See that the document and the file are those that were looked at."""
        path = self._store.data.root / suspect.path
        seen = glance(path)
        if suspect.document_id is None:
            return seen is not None and self._unchanged(suspect, seen) and self._is_extra(session, path, seen, now)
        wanted = wanted_at(session, suspect.document_id, path)
        if wanted is None:
            return False
        if suspect.kind is Kind.ORIGINAL_MISSING:
            return not self._there(wanted.sha256)
        return seen is not None and self._unchanged(suspect, seen)

    def mend(self, session: Session, finding: Finding, now: datetime) -> Treated:
        """Put wrong bytes aside, and bytes that turn up where they belong."""
        path = self._store.data.root / finding.path
        match finding.kind:
            case Kind.ORIGINAL_MISSING:
                return self._put_back(path, path.name[:64], now) or NEEDS_PERSON
            case Kind.ORIGINAL_WRITABLE:
                path.chmod(READ_ONLY)
                return MENDED
            case Kind.ORIGINAL_UNREADABLE:
                # Only a mode can be mended; what the disk can't read may be read by its maker, so it stays where it is.
                if (seen := glance(path)) is None or seen.mode == READ_ONLY:
                    return NEEDS_PERSON
                path.chmod(READ_ONLY)
                return MENDED
            case _:
                return self._put_aside(session, path, finding, now)

    def _wanted(self) -> Iterator[Wanted]:
        """Read the files that there must be, in the order of their checksums; several documents may need one."""
        after, document = "", 0
        while True:
            # Two walks along indexes that the database merges: none of them is ever read to its end for one block.
            both = union_all(
                _NEWEST.where(tuple_(DocumentRow.sha256, DocumentRow.id) > (after, document)),
                _EARLIER.where(tuple_(VersionRow.sha256, VersionRow.document_id) > (after, document)),
            )
            with self._store.database.read() as session:
                block = session.execute(both.order_by("sha256", "document_id").limit(_ROWS_AT_ONCE)).all()
            if not block:
                return
            yield from (Wanted(DocumentId(number), sha256, size) for sha256, number, size in block)
            after, document, _ = block[-1]

    def _look_at(self, wanted: Wanted, paths: list[Path]) -> Iterator[Finding]:
        """Judge the file that counts, the first by name; a second one with the same digest is too much once the first is right."""
        seen = read_through(paths[0], wanted.sha256)
        if seen is None:
            yield self._missing(wanted)
            return
        wrong = judge(wanted, seen)
        if wrong is not None:
            yield self._finding(wrong[0], wanted.document_id, seen, wrong[1])
        for path in paths[1:] if wrong is None or wrong[0] is Kind.ORIGINAL_WRITABLE else ():
            yield from self._look_at_extra(path)

    def _look_at_extra(self, path: Path) -> Iterator[Finding]:
        seen = read_through(path)
        if seen is not None:
            yield self._finding(Kind.ORIGINAL_EXTRA, None, seen, "no document has it")

    def _finding(self, kind: Kind, document_id: DocumentId | None, seen: Seen, detail: str) -> Finding:
        self._seen[seen.identity] = seen
        return Finding(kind, document_id, self._quarantine.relative(seen.path), detail, evidence=seen.identity)

    def _missing(self, wanted: Wanted) -> Finding:
        path = self._root / wanted.sha256[:2] / wanted.sha256
        kept = self._quarantine.find(wanted.sha256)
        detail = "" if kept is None else f"its bytes lie in {self._quarantine.relative(kept.file)}"
        return Finding(Kind.ORIGINAL_MISSING, wanted.document_id, self._quarantine.relative(path), detail)

    def _unchanged(self, suspect: Finding, seen: Seen) -> bool:
        if seen.identity != suspect.evidence:
            raise LookAgain
        return True

    def _is_extra(self, session: Session, path: Path, seen: Seen, now: datetime) -> bool:
        if now.timestamp() - seen.modified < self._extra_after.total_seconds():
            return False
        ours = _OURS.fullmatch(path.name)
        if ours is None or path.parent.name != ours[1][:2]:
            return True
        about_to_go = (LeftoverRow.sha256 == ours[1], LooseOriginalRow.sha256 == ours[1])
        if any(session.scalars(select(exists().where(noted))).one() for noted in about_to_go):
            return False
        return not is_kept(session, ours[1]) or self._there(ours[1])[0] != path

    def _there(self, digest: str) -> list[Path]:
        return sorted((self._root / digest[:2]).glob(f"{digest}*"))

    def _put_aside(self, session: Session, path: Path, finding: Finding, now: datetime) -> Treated:
        seen = self._seen[finding.evidence]
        place = self._quarantine.take(path, finding, now, seen.sha256)
        treated = Treated(Outcome.QUARANTINED, self._quarantine.relative(place))
        # What lay in the wrong place may be what is missing in another, and the place may be that of something put aside before.
        back = self._put_back(path, path.name[:64], now) if finding.document_id is not None else None
        digest = seen.sha256
        if rows_with_bytes(session, digest, seen.size) and not self._there(digest):
            suffix = path.suffix if SUFFIX.fullmatch(path.suffix) else ""
            self._put_back(self._root / digest[:2] / (digest + suffix), digest, now)
            treated = replace(treated, place="")
        if back is None and finding.document_id is not None:
            wanted = wanted_at(session, finding.document_id, path)
            rows = [] if wanted is None else rows_with_bytes(session, wanted.sha256, wanted.size)
            self._emptied += [Wanted(DocumentId(row.id), path.name[:64], row.size_bytes) for row in rows]
        return treated if back is None else MENDED

    def _put_back(self, target: Path, digest: str, now: datetime) -> Treated | None:
        kept = self._quarantine.find(digest)
        if kept is None:
            return None
        make_folder(target.parent)
        kept.file.chmod(READ_ONLY)
        self._quarantine.give_back(kept, target, now)
        return MENDED


def _by_shard(rows: Iterator[Wanted]) -> Iterator[tuple[str, dict[str, list[Wanted]]]]:
    """Share sorted documents out to the folders of their originals; each folder comes once, and each checksum."""
    groups = groupby(rows, lambda wanted: wanted.sha256[:2])
    group = next(groups, None)
    for name in _SHARDS:
        wanted: dict[str, list[Wanted]] = {}
        if group is not None and group[0] == name:
            wanted = {digest: list(same) for digest, same in groupby(group[1], lambda one: one.sha256)}
            group = next(groups, None)
        yield name, wanted


def _by_digest(folder: Path) -> dict[str, list[Path]]:
    """Sort the files of a folder by the digest they are named for; any other name stands for itself."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    if _is_folder(folder):
        for path in sorted(folder.iterdir()):
            ours = _OURS.fullmatch(path.name)
            found[ours[1] if ours and ours[1].startswith(folder.name) else path.name].append(path)
    return dict(found)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
