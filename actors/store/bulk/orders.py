"""Orders of bulk edits as they are kept, and back."""

from collections.abc import Mapping
from dataclasses import fields as parts
from datetime import date
from typing import Any

from actors.store.catalog.field_values import kept_value, value_of
from actors.store.errors import FieldNotFound
from actors.store.nouns.archive import NOTHING_GIVEN, DocumentChanges, JobId
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.catalog import Field, FieldId, LabelKind

Fields = Mapping[FieldId, Field]


def kept_order(order: BulkOrder, fields: Fields) -> dict[str, Any]:
    """Write an order as JSON; what it leaves as it is, is left out. Raises FieldValueInvalid for a value that a field does not take."""
    changes = {part.name: getattr(order.changes, part.name) for part in parts(DocumentChanges)}
    given = {name: value for name, value in changes.items() if value != getattr(NOTHING_GIVEN, name)}
    if order.changes.created_date is not None:
        given["created_date"] = order.changes.created_date.isoformat()
    if order.changes.fields:
        given["fields"] = [[each, None if value is None else kept_value(fields[each], value)] for each, value in order.changes.fields]
    kinds = sorted(kind.value for kind in order.kinds)
    return {
        "action": order.action.value,
        "changes": given,
        "undoes": order.undoes,
        "kinds": kinds,
        "keep_values": order.keep_values,
        "options": dict(order.options),
    }


def order_of(kept: Mapping[str, Any], fields: Fields) -> BulkOrder:
    """Read an order; raises FieldNotFound where a field is gone since."""
    given = dict(kept["changes"])
    for name in ("tags", "add_tags", "remove_tags"):
        if name in given:
            given[name] = tuple(given[name])
    if "created_date" in given:
        given["created_date"] = date.fromisoformat(given["created_date"])
    if "fields" in given:
        given["fields"] = tuple((FieldId(each), _value(each, value, fields)) for each, value in given["fields"])
    undoes = None if kept["undoes"] is None else JobId(kept["undoes"])
    kinds = frozenset(map(LabelKind, kept.get("kinds", ())))
    keep_values, options = kept.get("keep_values", False), kept.get("options", {})
    return BulkOrder(BulkAction(kept["action"]), DocumentChanges(**given), undoes, kinds, keep_values, options)


def fields_in(kept: Mapping[str, Any]) -> set[FieldId]:
    """Name the custom fields of a kept order."""
    return {FieldId(each) for each, _ in kept["changes"].get("fields", ())}


def _value(field_id: FieldId, kept: Any, fields: Fields) -> Any:
    if field_id not in fields:
        raise FieldNotFound(str(field_id))
    return None if kept is None else value_of(fields[field_id].kind, kept)
