import { Role, RoleSchema, Scope, ScopeSchema } from "@sdk/scriba/v1/access_pb.js";
import { expect, test } from "vitest";

import { ROLES, SCOPES, scopesOf, wordOfRole, wordOfScope } from "@/settings/roles";

test("every role that a user can have, and every scope, has a word", () => {
  const given = RoleSchema.values.map(({ number }) => number).filter((role) => ![0, 1].includes(role)); // unspecified, and public
  expect([...ROLES].map(Number).sort()).toEqual(given.sort());
  expect(ROLES.map(wordOfRole)).not.toContain(undefined);
  const scopes = ScopeSchema.values.map(({ number }) => number).filter((scope) => scope !== 0);
  expect([...SCOPES].map(Number).sort()).toEqual(scopes.sort());
  expect(SCOPES.map(wordOfScope)).not.toContain(undefined);
});

test("nobody is offered a scope that is of no use to him", () => {
  expect(scopesOf(Role.ADMIN)).toEqual(SCOPES);
  expect(scopesOf(Role.EDITOR)).not.toContain(Scope.ADMIN);
  expect(scopesOf(Role.VIEWER)).toEqual([Scope.READ, Scope.ACCOUNT]);
});
