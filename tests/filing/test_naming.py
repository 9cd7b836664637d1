"""Names of files are those of the templates, each once on any disk."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from actors.filing.naming import Plan, Wish, names_of, planned
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.folders import Place


def wish(number: int, folder: str, name: str, suffix: str = ".pdf") -> Wish:
    return Wish(DocumentId(number), "originals", Place(folder, name), Path(f"{number}{suffix}"))


def named(*wishes: Wish, foreign: tuple[str, ...] = ()) -> dict[str, int]:
    return {path: int(one.document_id) for path, one in names_of(wishes, foreign).items()}


def test_equal_names_are_told_apart_by_the_age_of_their_documents() -> None:
    wishes = wish(3, "2024", "bill"), wish(1, "2024", "bill"), wish(2, "2024", "Bill"), wish(4, "2024", "bill", ".txt")
    assert named(*wishes) == {
        "originals/2024/bill.pdf": 1,
        "originals/2024/Bill_01.pdf": 2,
        "originals/2024/bill_02.pdf": 3,
        "originals/2024/bill.txt": 4,
    }


def test_a_name_that_another_files_number_has_taken_is_passed_over() -> None:
    assert list(named(wish(1, "", "a_01"), wish(2, "", "a"), wish(3, "", "a"))) == [
        "originals/a_01.pdf",
        "originals/a.pdf",
        "originals/a_02.pdf",
    ]


def test_a_file_is_called_neither_like_a_folder_nor_like_somebody_elses_file() -> None:
    assert named(wish(1, "", "2024", ""), wish(2, "2024/x", "y"), foreign=("originals/2024/x/y.pdf",)) == {
        "originals/2024_01": 1,
        "originals/2024/x/y_01.pdf": 2,
    }


def test_a_plan_gives_what_is_missing_and_drops_what_is_no_longer_wished() -> None:
    right, stale, new = wish(1, "a", "right"), wish(2, "a", "stale"), wish(3, "b", "new")
    noted = {"originals/a/right.pdf": 1, "originals/a/stale.pdf": 2, "originals/b/new.pdf": 9, "originals/old.pdf": 3}
    plan = planned([right, stale, new], {path: DocumentId(number) for path, number in noted.items()}, (), lambda _path, one: one == right)
    assert plan == Plan(
        clear=("originals/a/stale.pdf", "originals/b/new.pdf"),
        give={"originals/a/stale.pdf": stale, "originals/b/new.pdf": new},
        drop=("originals/old.pdf",),
    )


NAMES = st.sampled_from(["a", "A", "b", "a_01", "a_02", "a/b", "a/a", "B/a"])


@given(st.lists(st.tuples(st.integers(1, 9), NAMES, st.sampled_from([".pdf", ""]))))
def test_every_file_has_one_name_that_no_other_file_or_folder_has(files: list[tuple[int, str, str]]) -> None:
    wishes = [wish(number, path.rpartition("/")[0], path.rpartition("/")[2], suffix) for number, path, suffix in files]
    paths = names_of(wishes, ())
    assert sorted(paths.values(), key=repr) == sorted(wishes, key=repr)
    folded = [path.casefold() for path in paths]
    folders = {str(parent) for path in folded for parent in Path(path).parents}
    assert len(set(folded) - folders) == len(paths)
