import { create } from "@bufbuild/protobuf";
import { AccessLevel, GrantSchema, type Subject, SubjectSchema } from "@sdk/scriba/v1/permissions_pb.js";
import { expect, test } from "vitest";

import { grantable, subjectKey, withGrant, withoutGrant } from "@/document/panels/sharing/granting";

const user = (id: string) => create(SubjectSchema, { who: { case: "userId", value: id }, name: `user ${id}` });
const group = create(SubjectSchema, { who: { case: "groupId", value: "1" }, name: "Family" });
const everyone = create(SubjectSchema, { who: { case: "everyone", value: true } });
const grant = (subject: Subject, level = AccessLevel.VIEW) => create(GrantSchema, { subject, level });

test("a user, a group of the same number and everyone are three", () => {
  expect(new Set([user("1"), group, everyone].map(subjectKey)).size).toBe(3);
});

test("who has access already gets the new level, and stands there once", () => {
  const grants = withGrant([grant(user("1")), grant(group)], user("1"), AccessLevel.EDIT);
  expect(grants.map(({ subject, level }) => [subject && subjectKey(subject), level])).toEqual([["group 1", AccessLevel.VIEW], ["user 1", AccessLevel.EDIT]]);
  expect(withoutGrant(grants, group)).toHaveLength(1);
});

test("nobody is offered who has access by himself", () => {
  expect(grantable([user("1"), user("2"), group, everyone], [grant(group)], "2").map(subjectKey)).toEqual(["user 1", "everyone"]);
});
