import { create } from "@bufbuild/protobuf";
import { Aspect, AssignmentSchema, Giver } from "@sdk/scriba/v1/assignments_pb.js";
import { createIntl } from "react-intl";
import { expect, test } from "vitest";

import { giverWord, likelihoodWord, saidReason } from "@/document/panels/facts/reasons";
import { standingOf } from "@/document/panels/facts/standing";
import de from "@/words/de";
import en from "@/words/en";
import type { WordId } from "@/words/words";

const english = createIntl({ locale: "en", messages: en });
const german = createIntl({ locale: "de", messages: de });
const said = (reason: string, intl = english) => saidReason(reason, (id: WordId, values) => intl.formatMessage({ id }, values));

test("a rule's reason is told in the reader's language", () => {
  expect(said("the word 'tax'")).toBe("the word “tax”");
  expect(said("the word 'Steuer'", german)).toBe("das Wort „Steuer“");
  expect(said("by mail, rule “Bills” of “Home”", german)).toBe("per E-Mail, Regel „Bills“ von „Home“");
  expect(said("the words 'a', 'b' and 'c'", german)).toBe("die Wörter 'a', 'b' und 'c'");
  expect(said("the text 'lnvoice', which is 93 % like 'invoice'", german)).toBe("der Text „lnvoice“, der „invoice“ zu 93 % gleicht");
  expect(said("like documents 4, 7", german)).toBe("ähnlich wie Dokumente 4, 7");
});

test("a date's reasons are told one by one", () => {
  expect(said("top of page 1, 'Datum' before it, stands 2 times", german)).toBe("oben auf Seite 1, bei „Datum“, steht 2-mal da");
  expect(said("'Paris, le' before it, alone in its line")).toBe("beside “Paris, le”, alone in its line");
});

test("words that nobody knows stand as they came", () => {
  expect(said("My workflow", german)).toBe("My workflow");
});

test("every giver and every likelihood has words", () => {
  const givers = Object.values(Giver).filter((giver) => typeof giver === "number");
  for (const giver of givers) expect(en[giverWord(giver)]).toBeDefined();
  expect([1, 0.7, 0.4, 0.1].map(likelihoodWord)).toEqual(["panels.likely.sure", "panels.likely.probable", "panels.likely.possible", "panels.likely.hardly"]);
});

test("a value stands on the newest assignment that holds, and on none once a person had a hand in it", () => {
  const given = (id: string, aspect: Aspect, value: string, giver: Giver, more: object = {}) => create(AssignmentSchema, { id, aspect, value, giver, ...more });
  const assignments = [
    given("1", Aspect.TITLE, "A", Giver.WORKFLOW),
    given("2", Aspect.TITLE, "B", Giver.RULE, { undone: true }),
    given("3", Aspect.TAG, "tax", Giver.RULE),
    given("4", Aspect.TAG, "home", Giver.RULE),
    given("5", Aspect.TAG, "", Giver.USER, { before: "home" }),
    given("6", Aspect.FIELD, "1", Giver.EXTRACTION, { field: "Amount" }),
    given("7", Aspect.CREATED_DATE, "2024-01-01", Giver.TEXT),
    given("8", Aspect.CREATED_DATE, "2024-01-02", Giver.USER),
  ];
  const standing = (aspect: Aspect, subject = "") => standingOf(assignments, aspect, subject)?.id;
  expect([standing(Aspect.TITLE), standing(Aspect.TAG, "tax"), standing(Aspect.TAG, "home"), standing(Aspect.FIELD, "Amount"), standing(Aspect.FIELD, "Other"), standing(Aspect.CREATED_DATE)]).toEqual(["1", "3", undefined, "6", undefined, undefined]);
});
