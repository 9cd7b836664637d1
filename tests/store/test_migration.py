"""Every database comes to the present schema, once, whoever opens it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.orm import Session

from actors.store.access import totals
from actors.store.database import Database, make_file
from actors.store.errors import StoreMissing, StoreTooNew
from actors.store.files.data_dir import DataDir
from actors.store.migration import NEWEST, SCRIPTS, migrate
from actors.store.nouns.access import NOBODYS
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import FieldFacts, FieldId, LabelFacts, LabelKind, Matching
from actors.store.opening import open_store
from actors.store.rows.archive import Base, CounterRow
from actors.store.rows.counters import COUNTERS
from tests.store.making import START, document_id


def test_the_migrations_make_what_the_models_say(empty_url: str, data: DataDir) -> None:
    data.create()
    make_file(empty_url)
    with closing(Database(empty_url)) as database:
        migrate(database, data.originals)
        with database.read() as session:
            context = MigrationContext.configure(session.connection(), opts={"compare_type": True, "compare_server_default": True})
            assert unlike(compare_metadata(context, Base.metadata)) == []
            assert {row.name for row in session.query(CounterRow)} == set(COUNTERS)


def test_the_newest_schema_is_that_of_the_last_script() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


def unlike(found: list[Any]) -> list[Any]:
    """Leave out foreign keys that came with an added column: SQLAlchemy reads what SQLite then does on a deletion from no table.

    That it does so is shown by test_labels.py.
    """
    pairs = [(kind, key.parent.name, *key.column_keys) for kind, key in (entry for entry in found if entry[0] in ("add_fk", "remove_fk"))]
    added, removed = (sorted(pair[1:] for pair in pairs if pair[0] == kind) for kind in ("add_fk", "remove_fk"))
    return found if added != removed else [entry for entry in found if entry[0] not in ("add_fk", "remove_fk")]


def test_opening_again_changes_nothing(empty_url: str, data: DataDir) -> None:
    with closing(open_store(empty_url, data)) as store:
        kept = document_id(store)
    with closing(open_store(empty_url, data)) as store:
        assert store.documents.get(kept).title == "letter"


def test_many_may_open_a_new_database_at_once(empty_url: str, data: DataDir) -> None:
    start = Barrier(6)

    def use(number: int) -> int:
        start.wait()
        with closing(open_store(empty_url, data)) as store:
            return document_id(store, f"{number}")

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(use, range(6))) == [1, 2, 3, 4, 5, 6]


def test_a_database_of_a_newer_version_is_left_alone(empty_url: str, data: DataDir) -> None:
    open_store(empty_url, data).close()
    with closing(Database(empty_url)) as database:
        with database.write() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(StoreTooNew, match="9999"):
            migrate(database, data.originals)


def test_a_database_that_is_lost_is_not_begun_anew_beside_its_originals(empty_url: str, data: DataDir) -> None:
    data.create()
    original = data.originals / "ab" / "abcd.pdf"
    original.parent.mkdir()
    original.write_bytes(b"kept")
    with pytest.raises(StoreMissing, match="put back the database"):
        open_store(empty_url, data)
    original.unlink()
    open_store(empty_url, data).close()


def test_a_migration_that_fails_leaves_nothing(empty_url: str, data: DataDir) -> None:
    data.create()
    make_file(empty_url)
    with closing(Database(empty_url)) as database:
        with database.write() as session:
            # The last table that the first migration makes is in its way.
            session.execute(text("CREATE TABLE counters (name TEXT)"))
        with pytest.raises(Exception, match="already exists"):
            migrate(database, data.originals)
        with database.read() as session:
            context = MigrationContext.configure(session.connection())
            assert context.get_current_revision() is None
        with database.write() as session:
            session.execute(text("DROP TABLE counters"))
        migrate(database, data.originals)


OLD_DOCUMENT = text(
    "INSERT INTO documents VALUES (:id, 1, false, 'ready', 'letter', 'letter', 'scan.pdf', 'application/pdf', 7, :sha256, 1, 'en', "
    "'0001-01-01', '2026-11-25 12:00:00', '2026-11-25 12:00:00', NULL, '[]', false, 0, false, false, 0)"
)


def test_the_documents_of_an_old_archive_are_counted_by_their_classes(empty_url: str, data: DataDir) -> None:
    data.create()
    make_file(empty_url)
    with closing(Database(empty_url)) as database:
        with database.write() as session:
            bring_to(session, "0001")
            for document in range(1, 6):
                session.execute(OLD_DOCUMENT, {"id": document, "sha256": f"{document:064}"})
            session.execute(text("UPDATE documents SET trashed = true WHERE id < 3"))
        migrate(database, data.originals)
        with database.write() as session:
            assert totals.kept(session) == {NOBODYS: (3, 2)}
            session.execute(text("DELETE FROM documents WHERE id IN (1, 3)"))
            assert totals.kept(session) == {NOBODYS: (2, 1)}


def test_dates_in_fields_of_an_old_archive_are_found_by_their_days(empty_url: str, data: DataDir) -> None:
    data.create()
    make_file(empty_url)
    kept = {"date": '"2026-12-01"', "text": '"2026-12-01"', "integer": "7", "date_time": '"2026-12-01T10:00:00+00:00"'}
    field = text("INSERT INTO fields VALUES (:id, :kind, 1, :kind, :kind, '[]', 1, '', '')")
    with closing(Database(empty_url)) as database:
        with database.write() as session:
            bring_to(session, "0001")
            session.execute(OLD_DOCUMENT, {"id": 1, "sha256": f"{1:064}"})
            bring_to(session, "0025")
            for number, (kind, value) in enumerate(kept.items(), 1):
                session.execute(field, {"id": number, "kind": kind})
                session.execute(text("INSERT INTO field_values VALUES (1, :id, :value)"), {"id": number, "value": value})
        migrate(database, data.originals)
    with closing(open_store(empty_url, data)) as store:
        store.catalog.fields.update(FieldId(1), FieldFacts("date", reminder_days=30), None, None, START)
        (due,) = store.figures.attention(START.date()).due
        assert (due.upcoming, due.documents) == (1, (DocumentId(1),))
        with store.database.read() as session:
            assert session.scalars(text("SELECT field_id FROM field_values WHERE day IS NOT NULL")).all() == [1]


def test_tags_become_labels_and_those_that_differ_in_capitals_become_one(empty_url: str, data: DataDir) -> None:
    data.create()
    make_file(empty_url)
    tags = {1: "Tax", 2: "home", 3: "TAX", 4: "tax ", 5: "Größe"}
    borne = {1: (1, 3), 2: (3,), 3: (2, 4, 5), 4: ()}
    with closing(Database(empty_url)) as database:
        with database.write() as session:
            bring_to(session, "0001")
            for tag, name in tags.items():
                session.execute(text("INSERT INTO tags (id, name) VALUES (:id, :name)"), {"id": tag, "name": name})
            for document in borne:
                session.execute(OLD_DOCUMENT, {"id": document, "sha256": f"{document:064}"})
            pairs = [{"document_id": document, "tag_id": tag} for document, worn in borne.items() for tag in worn]
            session.execute(text("INSERT INTO document_tags VALUES (:document_id, :tag_id)"), pairs)
        migrate(database, data.originals)
    with closing(open_store(empty_url, data)) as store:
        assert [document.tags for document in store.documents.get_many([DocumentId(document) for document in borne])] == [
            ("Tax",),
            ("Tax",),
            ("Größe", "Tax", "home"),
            (),
        ]
        labels = store.catalog.labels.all()
        assert [(label.name, label.kind, label.facts.rule.matching) for label in labels] == [
            (name, LabelKind.TAG, Matching.AUTO) for name in ("Größe", "home", "Tax")
        ]
        assert store.catalog.labels.create(LabelKind.TAG, LabelFacts("new")).id > max(label.id for label in labels)
        store.catalog.labels.delete(labels[2].id, None, START)
        assert store.documents.get(DocumentId(1)).tags == ()


OLD_ROWS = (
    "INSERT INTO pages VALUES (:id, 1, 'done', 0.5, 0, 0, 10, 10, false, '[]', '', 'words', '')",
    "INSERT INTO sources VALUES ('folder', :sha256, :id, NULL, false, '2026-11-25 12:00:00', 'a')",
    "INSERT INTO tags (id, name) VALUES (:id, :sha256)",
    "INSERT INTO document_tags VALUES (:id, :id)",
)
OLD_VERSIONS = text("INSERT INTO document_versions SELECT id, 1, sha256, size_bytes, '', '', 1, '', 'user', '', added_time FROM documents")


@pytest.mark.parametrize("revision", ["0001", "0014", "0017"])
def test_what_an_older_schema_held_stays_with_its_ids_and_is_held_together_as_before(empty_url: str, data: DataDir, revision: str) -> None:
    data.create()
    make_file(empty_url)
    with closing(Database(empty_url)) as database:
        with database.rebuild() as session:
            bring_to(session, "0001")
            for document in (1, 2, 7, 9):
                of = {"id": document, "sha256": f"{document:064}"}
                session.execute(OLD_DOCUMENT, of)
                for statement in OLD_ROWS:
                    session.execute(text(statement), {name: of[name] for name in of if f":{name}" in statement})
            if revision != "0001":
                bring_to(session, revision)
                session.execute(text("UPDATE documents SET correspondent_id = 2 WHERE id = 7"))
                session.execute(OLD_VERSIONS)
        forget(database, 9)
        migrate(database, data.originals)
        with database.read() as session:
            if empty_url.startswith("sqlite"):
                assert session.execute(text("PRAGMA foreign_key_check")).all() == []
            held = ("pages", "sources", "document_tags", *(("document_versions",) if revision != "0001" else ()))
            for table in held:
                assert session.scalars(text(f"SELECT document_id FROM {table} ORDER BY 1")).all() == [1, 2, 7]  # noqa: S608  # names of ours
        with database.write() as session:
            # What goes takes with it what names it, as before; and the same bytes may be there twice.
            session.execute(text("DELETE FROM documents WHERE id = 2"))
            session.execute(text("DELETE FROM labels WHERE id = 2"))
            assert session.scalars(text("SELECT document_id FROM pages ORDER BY 1")).all() == [1, 7]
            assert session.scalars(text("SELECT correspondent_id FROM documents")).all() == [None, None]
            session.execute(text("UPDATE documents SET sha256 = 'same'"))
    with closing(open_store(empty_url, data)) as store:
        assert not empty_url.startswith("sqlite") or document_id(store, "new") == 10


def forget(database: Database, document: int) -> None:
    """Remove the newest document: its id must not come again."""
    with database.write() as session:
        session.execute(text("DELETE FROM documents WHERE id = :id"), {"id": document})


def bring_to(session: Session, revision: str) -> None:
    """Bring an empty database to an old schema."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = session.connection()
    command.upgrade(config, revision)


def test_the_migrations_are_part_of_the_package() -> None:
    folder = Path(migrate.__code__.co_filename).parent / "migrations"
    names = [
        "0001_first.py",
        "0002_catalogue.py",
        "0003_languages.py",
        "0004_near_duplicates.py",
        "0005_replaced_documents.py",
        "0006_tasks.py",
        "0007_workflows.py",
        "0008_folders.py",
        "0009_sides.py",
        "0010_errands.py",
        "0011_bulk_edits.py",
        "0012_named_files.py",
        "0013_visits.py",
        "0014_versions.py",
        "0015_identity.py",
        "0016_bulk_requests.py",
        "0017_access.py",
        "0018_share_links.py",
        "0019_audit.py",
        "0020_same_bytes.py",
        "0021_identities.py",
        "0022_upload_links.py",
        "0023_owned_items.py",
        "0024_access_of_tags.py",
        "0025_documents_of_classes.py",
        "0026_figures.py",
        "0027_more_orders.py",
        "0028_work_begun.py",
        "0029_mail.py",
        "0030_notifications.py",
        "0031_nodes.py",
    ]
    assert sorted(path.name for path in (folder / "versions").glob("0*.py")) == names
    assert (folder / "env.py").is_file()
