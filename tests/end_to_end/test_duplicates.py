"""A letter that is scanned twice is there twice, and the second says so."""

import json

from scriba.v1.documents_pb2 import DocumentState
from tests.end_to_end.person import Person
from tests.similarity.papers import write
from tests.similarity.scanner import Quality, packed, scan


def test_a_letter_that_is_scanned_twice_is_shown_and_both_are_kept(person: Person) -> None:
    (letter,), (following,) = write("invoice", 77, 3), write("invoice", 77, 4)
    first = person.put("first.jpg", packed(scan(letter, Quality.OFFICE, seed=1)))
    again = person.put("again.jpg", packed(scan(letter, Quality.POOR, seed=2, stamp="RECEIVED 14.02.2026")))
    next_bill = person.put("next.jpg", packed(scan(following, Quality.OFFICE, seed=3)))
    assert {each.state for each in (first, again, next_bill)} == {DocumentState.DOCUMENT_STATE_READY}
    warned = {
        each.id: [warning.message for warning in each.warnings if warning.code == "NEAR_DUPLICATE"] for each in (first, again, next_bill)
    }
    assert [len(warned[each.id]) for each in (first, again, next_bill)] == [0, 1, 0]
    assert f"document {first.id}, '{first.title}'" in warned[again.id][0]
    assert f"document {first.id}, '{first.title}'" in " ".join(person.type("show", again.id).out.split())
    shown = person.type("duplicates", again.id)
    assert shown.code == 0
    assert [line.split()[0] for line in shown.out.splitlines()] == ["ID", first.id]
    assert " before " in shown.out
    (found,) = json.loads(person.type("duplicates", first.id, "--json").out)["duplicates"]
    assert (found["document"]["id"], found["came_before"]) == (again.id, False)
    assert 0.8 <= found["likeness"] <= 1
    groups = json.loads(person.type("duplicates", "--json").out)["groups"]
    assert [first.id, again.id] in [[document["id"] for document in group["documents"]] for group in groups]
    person.type("delete", again.id)
    assert "no other document is the same paper" in person.type("duplicates", first.id).err
    person.type("restore", again.id)
    assert again.id in person.type("duplicates", first.id).out
