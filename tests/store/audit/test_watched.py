"""What the audit tells is decided for every table and every column."""

from actors.store.audit.watched import BOOKKEEPING, EXCUSED, TOLD, Own
from actors.store.rows.archive import Base


def test_every_table_is_told_or_excused_with_a_reason() -> None:
    assert TOLD.keys() | EXCUSED.keys() == set(Base.metadata.tables)
    assert not TOLD.keys() & EXCUSED.keys()
    assert all(EXCUSED.values())


def test_every_column_of_what_is_told_is_shown_untold_or_silent() -> None:
    for name, told in TOLD.items():
        if isinstance(told, Own):
            decided = [*told.shown, *told.untold, *told.silent]
            assert len(decided) == len(set(decided))
            assert set(decided) | BOOKKEEPING >= set(Base.metadata.tables[name].columns.keys()), name
            assert set(decided) <= set(Base.metadata.tables[name].columns.keys()), name


def test_what_proves_somebody_is_shown_nowhere() -> None:
    shown = {column for told in TOLD.values() for column in (told.shown if isinstance(told, Own) else (told.shown,))}
    assert not shown & {"password_hash", "secret", "digest", "text", "words", "definition"}
