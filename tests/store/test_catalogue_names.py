"""The names of the catalogue, as search reads them."""

from collections.abc import Callable

from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelFacts, LabelId, LabelKind
from actors.store.store import Store
from tests.store.making import START, document_id


def test_names_are_those_of_the_snapshot(store: Store) -> None:
    for kind in LabelKind:
        store.catalog.labels.create(kind, LabelFacts(f"a {kind}"))
        store.catalog.labels.create(kind, LabelFacts("the same"))
    store.catalog.fields.create(FieldKind.CHOICE, FieldFacts("status"), ("open", "done"))
    names, snapshot = store.catalog.names(), store.catalog.snapshot()
    expected: dict[LabelKind, dict[LabelId, str]] = {kind: {} for kind in LabelKind}
    for label in snapshot.labels:
        expected[label.kind][label.id] = label.name
    assert (names.stamp, names.labels, list(names.fields)) == (snapshot.stamp, expected, list(snapshot.fields))
    assert sum(len(labels) for labels in names.labels.values()) == 8


def test_every_other_name_gives_another_stamp(store: Store) -> None:
    stamps = [store.catalog.stamp()]

    def after(act: Callable[[], object]) -> None:
        act()
        stamps.append(store.catalog.stamp())

    labels, fields = store.catalog.labels, store.catalog.fields
    after(lambda: document_id(store, tags=("made by a document",)))
    after(lambda: labels.create(LabelKind.TAG, LabelFacts("taxes")))
    tag = labels.find(LabelKind.TAG, "taxes").id
    after(lambda: labels.update(tag, LabelFacts("duties"), None, START))
    after(lambda: labels.update(tag, LabelFacts("duties", inbox=True), None, START))
    assert store.catalog.names().inbox == {tag}
    after(lambda: labels.delete(tag, None, START))
    after(lambda: fields.create(FieldKind.CHOICE, FieldFacts("status"), ("open", "done")))
    (status,) = fields.list()
    after(lambda: fields.update(status.id, FieldFacts("state"), ((1, "open"), (2, "closed")), None, START))
    after(lambda: fields.delete(status.id, None, START))
    assert len(set(stamps)) == len(stamps)
    assert store.catalog.names().stamp == stamps[-1]
