import { Lock } from "lucide-react";
import { expect, test } from "vitest";

import { groupsFor, subjectCalled, type May, type Subject, type SubjectGroup } from "@/settings/subjects";

const VIEWER: May = { edit: false, add: false, administer: false };
const ADMIN: May = { edit: true, add: true, administer: true };

function subject(id: Subject["id"], may?: Subject["may"]): Subject {
  return { id, icon: Lock, page: () => null, ...(may && { may }) };
}

const GROUPS: readonly SubjectGroup[] = [
  { word: "settings.mine", subjects: [subject("account"), subject("labels", ({ edit }) => edit)] },
  { word: "settings.people", subjects: [subject("users", ({ administer }) => administer)] },
];

function idsFor(may: May): string[][] {
  return groupsFor(may, GROUPS).map(({ subjects }) => subjects.map(({ id }) => id));
}

test("everybody finds what he may use, and no group that has nothing for him", () => {
  expect(idsFor(ADMIN)).toEqual([["account", "labels"], ["users"]]);
  expect(idsFor(VIEWER)).toEqual([["account"]]);
});

test("an address leads to no subject that one may not use", () => {
  expect(subjectCalled("users", groupsFor(ADMIN, GROUPS))?.id).toBe("users");
  expect(subjectCalled("users", groupsFor(VIEWER, GROUPS))).toBeUndefined();
  expect(subjectCalled("nonsense", groupsFor(ADMIN, GROUPS))).toBeUndefined();
});
