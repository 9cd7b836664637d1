"""What is told of an archive's growth is what one finds by looking at each of its documents."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from actors.store.figures.periods import begin_of, end_of, latest
from actors.store.nouns.access import AccessChange, Item, ItemKind
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentOrder
from actors.store.nouns.catalog import LabelKind
from actors.store.nouns.figures import Amount, CountedBy, Growth, GrowthAsked, Period
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.rows.archive import DocumentRow
from actors.store.store import Store
from tests.store.access.bringing import brought
from tests.store.making import START, deliver

TODAY = date(2026, 11, 25)
# It is a day further than UTC for half of each day, and changes its clocks.
ZONE = ZoneInfo("Pacific/Auckland")
COUNTS = {Period.DAY: 300, Period.WEEK: 50, Period.MONTH: 12, Period.YEAR: 2}


class Family:
    """Documents of Anna, of Bert and of nobody, over three years, with pages and types; some undated, some in the trash."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.anna, self.bert = (store.users.create(UserFacts(name, Role.EDITOR), START).id for name in ("anna", "bert"))
        for number in range(48):
            owner = (self.anna, self.bert, None)[number % 3]
            one = brought(store, f"{number}", owner)
            dated = DocumentChanges(created_date=TODAY - timedelta(days=17 * number - 40)) if number % 5 else DocumentChanges()
            store.documents.update(one, dated, None, START)
            if number % 7:
                store.documents.update(one, DocumentChanges(document_type=f"type {min(number % 7, 4)}"), None, START)
            with store.database.write() as session:
                added = START - timedelta(days=21 * number, hours=number)
                facts = {"page_count": number % 4, "added_time": added}
                session.execute(update(DocumentRow).where(DocumentRow.id == one).values(**facts))
            if number % 11 == 1:
                store.documents.delete(one, None, START)

    def seen_by(self, user: UserId) -> Store:
        return self.store.seen_by(self.store.permissions.viewer(user))


def asked(period: Period, by: CountedBy, count: int = 12, types: int = 2) -> GrowthAsked:
    return GrowthAsked(by, latest(period, count, TODAY), end_of(period, TODAY), ZONE, types)


def told(growth: Growth) -> dict[tuple[str, int], tuple[int, int]]:
    return {
        (each.type.name if each.type else "others" if each.others else "", number): (amount.documents, amount.pages)
        for each in growth.series
        for number, amount in enumerate(each.amounts)
        if amount.documents
    }


def by_hand(store: Store, period: Period, question: GrowthAsked) -> tuple[dict[tuple[str, int], tuple[int, int]], Counter[str]]:
    documents = store.documents.list(DocumentOrder(), None, 1_000, deleted=False)
    counts, pages, outside = Counter[tuple[str, int]](), Counter[tuple[str, int]](), Counter[str]()
    for document in documents:
        day = document.added_time.astimezone(ZONE).date() if question.by is CountedBy.ADDED else document.created_date
        name = document.document_type.name if document.document_type else ""
        if day is None or not question.starts[0] <= day < question.end:
            outside["undated" if day is None else "before" if day < question.starts[0] else "after"] += 1
            continue
        place = (name, question.starts.index(begin_of(period, day)))
        counts[place] += 1
        pages[place] += document.page_count
    sizes = Counter[str]()
    for (name, _), count in counts.items():
        sizes[name] += count if name else 0
    large = sorted((name for name in sizes if name), key=lambda name: (-sizes[name], name))[: question.types]
    merged = dict[tuple[str, int], tuple[int, int]]()
    for (name, number), count in counts.items():
        place = (name if name in large or not name else "others", number)
        before = merged.get(place, (0, 0))
        merged[place] = (before[0] + count, before[1] + pages[name, number])
    return merged, outside


@pytest.mark.parametrize("by", CountedBy)
@pytest.mark.parametrize("period", Period)
def test_growth_is_counted_as_by_hand_for_everybody(store: Store, period: Period, by: CountedBy) -> None:
    family = Family(store)
    question = asked(period, by, count=COUNTS[period])
    for who in (store, family.seen_by(family.anna), family.seen_by(family.bert)):
        growth = who.figures.growth(question)
        counts, outside = by_hand(who, period, question)
        assert told(growth) == counts
        assert (growth.before.documents, growth.after.documents, growth.undated.documents) == tuple(
            outside[place] for place in ("before", "after", "undated")
        )
        assert all(len(each.amounts) == len(question.starts) for each in growth.series)
        assert len(counts) >= 3


def test_the_types_with_most_documents_stand_by_themselves_the_others_together_and_those_without_one_last(store: Store) -> None:
    for number, name in enumerate(["bill", "letter", "bill", "book", "letter", "letter", "map", ""]):
        one = deliver(store, f"{number}").document_id
        if name:
            store.documents.update(one, DocumentChanges(document_type=name), None, START)
    growth = store.figures.growth(asked(Period.MONTH, CountedBy.ADDED, count=2))
    assert [(each.type and each.type.name, each.others, each.amounts) for each in growth.series] == [
        ("letter", False, (Amount(), Amount(3, 0))),
        ("bill", False, (Amount(), Amount(2, 0))),
        (None, True, (Amount(), Amount(2, 0))),
        (None, False, (Amount(), Amount(1, 0))),
    ]


def test_a_type_that_one_may_not_see_is_told_as_none(store: Store) -> None:
    anna, bert = (store.users.create(UserFacts(name, Role.EDITOR), START).id for name in ("anna", "bert"))
    one = deliver(store, "letter").document_id
    store.documents.update(one, DocumentChanges(document_type="secret"), None, START)
    label = store.catalog.labels.find(LabelKind.DOCUMENT_TYPE, "secret")
    store.item_permissions.change([Item(ItemKind.LABEL, label.id)], AccessChange(owner=anna))
    question = asked(Period.YEAR, CountedBy.ADDED, count=1)
    seen = [store.seen_by(store.permissions.viewer(user)).figures.growth(question).series for user in (anna, bert)]
    assert [[each.type and each.type.name for each in series] for series in seen] == [["secret"], [None]]
    assert seen[1][0].amounts == (Amount(1, 0),)


def test_a_moment_belongs_to_the_day_of_the_zone_also_where_the_clocks_change(store: Store) -> None:
    # The clocks of Auckland went forward on 27 September 2026: that day had 23 hours.
    begin = datetime(2026, 9, 27, tzinfo=ZONE)
    end = datetime(2026, 9, 28, tzinfo=ZONE)
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=23)
    moments = [begin - timedelta(microseconds=1), begin, end - timedelta(microseconds=1), end]
    for number, moment in enumerate(moments):
        one = deliver(store, f"{number}").document_id
        set_added(store, one, moment.astimezone(UTC))
    question = GrowthAsked(CountedBy.ADDED, (date(2026, 9, 27),), date(2026, 9, 28), ZONE, 1)
    growth = store.figures.growth(question)
    assert (growth.before.documents, growth.series[0].amounts, growth.after.documents) == (1, (Amount(2, 0),), 1)


def set_added(store: Store, document: DocumentId, moment: datetime) -> None:
    with store.database.write() as session:
        session.execute(update(DocumentRow).where(DocumentRow.id == document).values(added_time=moment))


def test_an_empty_archive_has_grown_by_nothing(store: Store) -> None:
    assert store.figures.growth(asked(Period.DAY, CountedBy.CREATED, count=400)) == Growth((), Amount(), Amount(), Amount())
