import { expect, test } from "vitest";

import { both, chosenTerms, exceptFor, havingField, toggled, written } from "@/library/terms";

const toDo = { field: "tag", value: "to do" };

test("a value is quoted where it needs it", () => {
  expect([
    written({ field: "tag", value: "demo" }),
    written(toDo),
    written({ field: "correspondent", value: 'The "Bank" \\ Sons' }),
    written({ field: "mime", value: "application/pdf" }),
    written({ field: "type", value: "-NOT" }),
    written({ field: "tag", value: "Übergröße" }),
    written({ field: "created", value: "2024" }),
  ]).toEqual(["tag:=demo", 'tag:="to do"', 'correspondent:="The \\"Bank\\" \\\\ Sons"', "mime:=application/pdf", 'type:="-NOT"', "tag:=Übergröße", "created:2024"]);
});

test("documents that have a field are found by its name, whatever is in it", () => {
  expect([havingField("Total"), havingField("Due date"), havingField('5" nails')]).toEqual(["field.Total:*", 'field."Due date":*', 'field."5\\" nails":*']);
});

test("what was written is read again as it was", () => {
  for (const value of ["demo", "to do", 'a "b" c', "„quoted“", "back\\slash", "(group)", "x OR y"]) {
    expect(chosenTerms(`water ${written({ field: "tag", value })} bill`).map((term) => term.value)).toEqual([value]);
  }
});

test("a click adds a term, and a second takes it away and leaves the rest as it was", () => {
  const query = 'water "the bill" (a OR b)';
  const added = toggled(query, toDo);
  expect(added).toBe('water "the bill" (a OR b) tag:="to do"');
  expect(toggled(added, { field: "tag", value: "To Do" })).toBe(query);
});

test("a query with a choice is grouped before more is asked of it", () => {
  expect(toggled("water OR gas", toDo)).toBe('(water OR gas) tag:="to do"');
  expect(chosenTerms('water OR tag:="to do"')).toEqual([]);
});

test("what is negated, in a group or only a word of a tag is not chosen", () => {
  expect(chosenTerms('NOT tag:=a -tag:=b (tag:=c) tag:d tag:(=e OR =f) created:2024-03 created:[2023 to 2024] "tag:=g"')).toEqual([]);
});

test("an AND goes with its term, and one between others stays", () => {
  expect(toggled("water AND tag:=a", { field: "tag", value: "a" })).toBe("water");
  expect(toggled("tag:=a AND water", { field: "tag", value: "a" })).toBe("water");
  expect(toggled("gas AND tag:=a AND water", { field: "tag", value: "a" })).toBe("gas AND water");
});

test("everything and another query is the other", () => {
  expect([both("*", "a"), both("", "a"), both("a", ""), both("a OR b", "c OR d")]).toEqual(["a", "a", "a", "(a OR b) (c OR d)"]);
});

test("some documents are left out of what is found", () => {
  expect(exceptFor("a OR b", ["1", "2"])).toBe("(a OR b) NOT id:1 NOT id:2");
  expect(exceptFor("", ["1"])).toBe("* NOT id:1");
});

test("an unfinished query is one part up to its end", () => {
  expect(chosenTerms('tag:="to do')).toEqual([expect.objectContaining({ field: "tag", start: 0, end: 11 })]);
  expect(toggled("a ) b", { field: "tag", value: "x" })).toBe("a ) b tag:=x");
});
