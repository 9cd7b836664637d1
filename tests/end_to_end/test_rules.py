"""Rules file what is there by one job, and all of it is taken back."""

import json

from tests.end_to_end.person import Person


def test_rules_are_applied_by_a_job_that_is_undone_as_a_whole(person: Person) -> None:
    words = ("a letter of the lighthouse keeper", "another letter of the lighthouse keeper")
    ids = [person.put(f"keeper-{number}.txt", text.encode()).id for number, text in enumerate(words)]
    person.type("correspondents", "add", "Lighthouse", "--match", "exact", "--pattern", "lighthouse keeper")
    foreseen = person.type("rules", "apply", "--dry-run", *ids)
    assert foreseen.out.count("Correspondent: Lighthouse") == 2
    assert [person.look(each).correspondent for each in ids] == ["", ""]
    answers = [json.loads(line) for line in person.type("rules", "apply", "--json", *ids).out.splitlines()]
    (job,) = {answer["job_id"] for answer in answers}
    assert [person.look(each).correspondent for each in ids] == ["Lighthouse", "Lighthouse"]
    person.type("edit", ids[1], "--correspondent", "Harbour")
    undone = person.type("bulk", "undo", job)
    assert (undone.code, [person.look(each).correspondent for each in ids]) == (5, ["", "Harbour"])
