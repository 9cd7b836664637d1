"""Labels are found by their names of now, in all the ways in which text is found, and the index keeps their ids alone."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from actors.index.errors import QueryError
from actors.index.messages import FacetCount, FacetField, SearchRequest, Suggestion
from actors.index.names import Names, NewestNames
from actors.index.naming import named_by
from actors.index.query import Match, Word
from actors.index.vocabulary import vocabulary_of
from actors.store.nouns.catalog import FieldKind, LabelKind
from tests.index.archive import NOW, Bench, document
from tests.index.cabinet import Cabinet

NAMES = (
    "Haftpflichtversicherung",
    "Haftpflicht-Versicherung 2024",
    "Versicherung",
    "versicherungen",
    "Straße nach Øre",
    "RE-0815-2024",
    "re 0815",
    "RE08152024",
    "e-mail",
    "email (work)",
    "to do",
    "do to",
    "to-do",
    "todo",
    "Bank",
    "bank statements",
    "Bank of the River Bank",
    "测试文件",
    "测 a 测试",
    "中",
    "हिन्दी",
    "العَرَبِيَّة",
    "a",
    "ab",
    "abc",
    "abcd",
    "C++ & C#",
    "…",
    "it's l'été",
)
QUERIES = (
    *("versicherung", "haftpflicht", "pflichtvers", "vers*", "*ung", "*cherung*", "versicherunk~", "fersicherunk~2", "evrsicherung~"),
    *("strasse", "STRASSE", "ore", "øre", "re-0815", "re-08*", "re0815*", "re08152024", "0815", "08152024", "0815-20", "*0815*"),
    *("e-mail", "email", "mail", "to-do", "todo", "tod*", "do", "to", '"to do"', '"do to"', '"to-do"', '"bank statements"', '"bank of"'),
    *(
        "bank",
        "bnak~",
        "ban~",
        "banks~2",
        '"river bank"',
        "测试",
        "测",
        "试",
        "文件",
        '"测试文件"',
        "*测*",
        "测*",
        "中",
        "हिन्दी",
        "हिन*",
        "العربية",
    ),
    *(
        "a",
        "ab",
        "abc",
        "ab*",
        "*abc",
        "*bcd",
        "*abc*",
        "abd~",
        "abcd~2",
        "c",
        "it's",
        "été",
        "ete",
        "…",
        '"…"',
        "bank OR todo",
        "bank -todo",
    ),
    *("(bank statements)", "-bank", "*", "12~", "x~2"),
)


PARTS = ("ver", "sich", "er", "ung", "straß", "é", "øre", "12", "0815", "測", "試中", "หิน", "हि", "a", "ß", "ŒU", "ﬁ")
BETWEEN = (" ", " ", "-", "_", ".", "/", ", ", " & ", "")


def made_name(chance: random.Random) -> str:
    """Make a name of one to four words."""
    words = ["".join(chance.choices(PARTS, k=chance.randint(1, 3))) for _ in range(chance.randint(1, 4))]
    return "".join(word + chance.choice(BETWEEN) for word in words).strip() or "a"


def made_query(chance: random.Random, names: list[str]) -> str:
    """Ask for a piece of a name, with a mark or a letter wrong."""
    name = chance.choice(names)
    begin = chance.randrange(len(name))
    piece = "".join(letter for letter in name[begin : begin + chance.randint(1, 12)] if letter not in '()*~"\\:').strip(" -") or "a"
    marks = (("", ""), ("", "*"), ("*", ""), ("*", "*"), ("", "~"), ("", "~2"), ('"', '"'))
    before, after = chance.choice(marks)
    if before != '"':
        piece = piece.replace(" ", "")
        piece = piece if not before or len(piece) > 2 else f"{piece}ung"
    if after.startswith("~") and chance.random() < 0.7:
        at = chance.randrange(len(piece))
        piece = (
            chance.choice((piece[:at] + "x" + piece[at + 1 :], piece[:at] + piece[at + 1 :], f"{piece[:at]}x{piece[at:]}", piece[::-1]))
            or "a"
        )
    return before + piece + after


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Make documents that have each name once as a tag and once as a note."""
    return alike_bench(tmp_path_factory.mktemp("alike"), NAMES)


def alike_bench(root: Path, names: Sequence[str]) -> Bench:
    cabinet = Cabinet()
    tagged = [document(number, title="-", tags=cabinet.tags(name)) for number, name in enumerate(names, 1)]
    noted = [document(1000 + number, title="-", notes=(name,)) for number, name in enumerate(names, 1)]
    return Bench(root, tagged + noted, cabinet)


def found_alike(bench: Bench, query: str) -> bool:
    """Tell whether a query finds the same names as tags and as notes, with their field and without any."""
    by_tag, by_note, anywhere = (bench.find(asked, limit=2000) for asked in (f"tag:({query}) tag:*", f"note:({query}) note:*", query))
    expected = [number for number in anywhere if number > 1000]
    return [1000 + number for number in by_tag] == by_note and [1000 + number for number in anywhere if number < 1000] == expected


@pytest.mark.parametrize("query", QUERIES)
def test_the_words_of_a_name_are_found_like_those_of_a_text(alike: Bench, query: str) -> None:
    assert found_alike(alike, query)


@pytest.mark.parametrize("seed", range(3))
def test_any_piece_of_any_name_is_found_like_that_of_a_text(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    names = sorted({made_name(chance) for _ in range(150)})
    bench = alike_bench(tmp_path, names)
    queries = [made_query(chance, names) for _ in range(1500)]
    assert [query for query in queries if not found_alike(bench, query)] == []


@pytest.mark.parametrize("seed", range(5))
def test_names_that_change_one_after_another_are_those_that_are_taken_in_at_once(seed: int) -> None:
    chance, names = random.Random(seed), dict[int, str]()
    vocabulary = vocabulary_of(names)
    for _ in range(60):
        names = {key: name for key, name in names.items() if chance.random() > 0.05}
        names |= {chance.randrange(100): made_name(chance) for _ in range(chance.randint(0, 5))}
        vocabulary = vocabulary.changed(names)
        at_once = vocabulary_of(names)
        assert (vocabulary.names, vocabulary.analysed) == (names, at_once.analysed)
        assert vocabulary.changed(dict(names)) is vocabulary
        for word in chance.choices(PARTS, k=5):
            for ask in (Word(word), Word(word, "tag"), Word(word, match=Match.INFIX), Word(word, match=Match.PREFIX), Word(word, fuzzy=1)):
                assert named_by(ask, vocabulary) == named_by(ask, at_once)
        for name in names.values():
            assert vocabulary.whole(name) == at_once.whole(name)


def commits(bench: Bench) -> list[tuple[str, int]]:
    """List the files of the index with their times."""
    return sorted((str(path), path.stat().st_mtime_ns) for path in bench.root.rglob("*") if path.is_file())


@pytest.fixture
def renamed(tmp_path: Path) -> tuple[Bench, Cabinet]:
    """Make three documents with labels of every kind."""
    cabinet = Cabinet()
    status = cabinet.field("status", FieldKind.CHOICE, "open", "done")
    documents = [
        document(1, "text", tags=cabinet.tags("taxes", "2024"), correspondent=cabinet.correspondent("Revenue Office")),
        document(2, "text", tags=cabinet.tags("taxes"), type=cabinet.type("notice"), custom=((status, FieldKind.CHOICE, 1),)),
        document(3, "text taxes", path=cabinet.path("archive/taxes"), custom=((status, FieldKind.CHOICE, 2),)),
    ]
    return Bench(tmp_path, documents, cabinet), cabinet


def test_a_new_name_finds_and_the_old_one_no_more_and_the_index_is_not_touched(renamed: tuple[Bench, Cabinet]) -> None:
    bench, cabinet = renamed
    before = commits(bench)
    assert (bench.find("tag:taxes"), bench.find("taxes"), bench.find("tag:=duties")) == ([1, 2], [1, 2, 3], [])
    cabinet.rename(cabinet.tag("taxes"), "customs duties")
    cabinet.rename(cabinet.correspondent("Revenue Office"), "Treasury")
    cabinet.rename(cabinet.type("notice"), "assessment")
    cabinet.rename(cabinet.path("archive/taxes"), "cellar")
    assert (bench.find("tag:taxes"), bench.find("taxes"), bench.find('tag:="customs duties"')) == ([], [3], [1, 2])
    assert (bench.find("revenue OR notice"), bench.find("treasury"), bench.find("type:assess*"), bench.find("path:cellar")) == (
        [],
        [1],
        [2],
        [3],
    )
    assert commits(bench) == before


def test_a_field_and_its_options_are_found_by_their_new_names(renamed: tuple[Bench, Cabinet]) -> None:
    bench, cabinet = renamed
    before, (status,) = commits(bench), [field.id for field in cabinet.names().fields]
    assert (bench.find("field.status:open"), bench.find("field.status:done"), bench.find("open")) == ([2], [3], [2])
    cabinet.rename_field(status, "State of work", "waiting", "finished")
    found = (
        bench.find('field."state of work":waiting'),
        bench.find("field.state_of_work:finish*"),
        bench.find("open"),
        bench.find("waiting"),
    )
    assert found == ([2], [3], [], [2])
    with pytest.raises(QueryError):
        bench.find("field.status:waiting")
    assert commits(bench) == before


def test_facets_and_completion_tell_the_names_of_now(renamed: tuple[Bench, Cabinet]) -> None:
    bench, cabinet = renamed
    cabinet.rename(cabinet.tag("taxes"), "duties")
    answer = bench.searcher.search(SearchRequest("text", NOW, facets=(FacetField.TAG, FacetField.CORRESPONDENT, FacetField.TYPE)))
    assert answer.facets == (
        (FacetField.TAG, (FacetCount("duties", 2), FacetCount("2024", 1))),
        (FacetField.CORRESPONDENT, (FacetCount("Revenue Office", 1),)),
        (FacetField.TYPE, (FacetCount("notice", 1),)),
    )
    assert bench.searcher.suggest("tag:du").suggestions == (Suggestion("tag:duties", 2),)
    assert bench.searcher.suggest("tag:ta").suggestions == ()
    assert bench.searcher.suggest("path:ta").suggestions == (Suggestion("path:archive/taxes", 1),)


def test_a_label_that_is_gone_is_neither_found_nor_counted_though_documents_still_bear_it(renamed: tuple[Bench, Cabinet]) -> None:
    bench, cabinet = renamed
    cabinet.remove(cabinet.tag("taxes"))
    answer = bench.searcher.search(SearchRequest("text", NOW, facets=(FacetField.TAG,)))
    assert (answer.total, answer.facets) == (3, ((FacetField.TAG, (FacetCount("2024", 1),)),))
    assert bench.find("tag:taxes") == []


def test_names_are_read_after_a_change_alone(renamed: tuple[Bench, Cabinet]) -> None:
    bench, cabinet = renamed
    for _ in range(3):
        bench.find("taxes")
        bench.searcher.suggest("tag:")
    assert cabinet.reads == 1
    cabinet.tags("fresh")
    bench.find("taxes")
    bench.find("taxes")
    assert cabinet.reads == 2


def test_kinds_of_labels_do_not_mix(tmp_path: Path) -> None:
    cabinet = Cabinet()
    documents = [
        document(1, tags=cabinet.tags("bank")),
        document(2, correspondent=cabinet.correspondent("bank")),
        document(3, type=cabinet.type("bank")),
        document(4, path=cabinet.path("bank")),
    ]
    bench = Bench(tmp_path, documents, cabinet)
    assert [bench.find(f"{field}:bank") for field in ("tag", "correspondent", "type", "path")] == [[1], [2], [3], [4]]
    assert [bench.find(f"{field}:*") for field in ("tag", "correspondent", "type", "path")] == [[1], [2], [3], [4]]
    assert (bench.find("bank"), bench.find("-tag:bank"), bench.find("bank NOT type:bank")) == ([1, 2, 3, 4], [2, 3, 4], [1, 2, 4])


def test_a_label_weighs_less_than_a_title_and_more_than_text_and_a_part_least(tmp_path: Path) -> None:
    cabinet, filler = Cabinet(), "word " * 20
    documents = [
        document(1, f"insurance {filler}"),
        document(2, filler, tags=cabinet.tags("insurance")),
        document(3, filler, title="Insurance"),
        document(4, filler, tags=cabinet.tags("reinsurance")),
        *(document(number, filler) for number in range(5, 20)),
    ]
    assert Bench(tmp_path, documents, cabinet).ranked("insurance") == [3, 2, 1, 4]


def test_a_rare_label_weighs_more_than_a_common_one(tmp_path: Path) -> None:
    cabinet = Cabinet()
    common, rare = cabinet.tags("paper", "gold")
    documents = [document(1, "x", tags=(rare,)), *(document(number, "x", tags=(common,)) for number in range(2, 20))]
    assert Bench(tmp_path, documents, cabinet).ranked("gold OR paper")[0] == 1


@pytest.mark.parametrize("count", [40, 400, 3000])
def test_a_word_may_name_very_many_labels(tmp_path: Path, count: int) -> None:
    cabinet = Cabinet()
    tags = cabinet.tags(*(f"bank {number}" for number in range(count)))
    documents = [document(1, "x"), *(document(2 + at, "x", tags=tags[at::50]) for at in range(40))]
    bench = Bench(tmp_path, documents, cabinet)
    expected = list(range(2, 42))
    assert (bench.find("tag:bank"), bench.find("bank"), bench.find("*bank*"), bench.find("tag:ban*")) == (expected,) * 4
    assert len(bench.searcher.suggest("tag:ba", limit=5).suggestions) == 5


def test_two_fields_of_names_alike_are_told_apart_by_their_letters() -> None:
    cabinet = Cabinet()
    first, second = cabinet.field("due date", FieldKind.DATE), cabinet.field("Due-Date", FieldKind.TEXT)
    names = Names(cabinet.names())
    found = [field.id for name in ("due date", "Due-Date", "DUE_DATE") if (field := names.field(name))]
    assert (found, names.field("due")) == ([first, second, first], None)


def test_many_threads_see_a_new_name_as_soon_as_it_is_given() -> None:
    cabinet = Cabinet()
    (tag,) = cabinet.tags("name 0")
    newest = NewestNames(cabinet)

    def look(_: int) -> bool:
        before = cabinet.stamp()
        return newest.get().stamp >= before

    with ThreadPoolExecutor(8) as pool:
        looks = [pool.submit(look, number) for number in range(200)]
        for number in range(50):
            cabinet.rename(tag, f"name {number}")
            looks += [pool.submit(look, number) for _ in range(4)]
        assert all(each.result() for each in looks)
    assert newest.get().labels(LabelKind.TAG).names == {tag: "name 49"}
