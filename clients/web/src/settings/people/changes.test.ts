import { create } from "@bufbuild/protobuf";
import { Role } from "@sdk/scriba/v1/access_pb.js";
import { UserSchema } from "@sdk/scriba/v1/identity_pb.js";
import { expect, test } from "vitest";

import { factsBefore } from "@/settings/people/changes";

test("what is taken back is what was changed, and nothing else", () => {
  const user = create(UserSchema, { id: "1", name: "ada", role: Role.VIEWER, email: "ada@example.org" });
  expect(factsBefore(user, { role: Role.ADMIN, email: "" })).toEqual({ role: Role.VIEWER, email: "ada@example.org" });
  expect(factsBefore(user, {})).toEqual({});
});
