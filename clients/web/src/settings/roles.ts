/** Roles and scopes in words. */

import { Role, Scope } from "@sdk/scriba/v1/access_pb.js";

import type { WordId } from "@/words/words";

/** From the least to the most. */
export const ROLES = [Role.UPLOADER, Role.VIEWER, Role.EDITOR, Role.ADMIN] as const;
export const SCOPES = [Scope.READ, Scope.ADD, Scope.EDIT, Scope.CATALOG, Scope.ADMIN, Scope.ACCOUNT] as const;

const ROLE_WORDS = { [Role.UPLOADER]: "role.uploader", [Role.VIEWER]: "role.viewer", [Role.EDITOR]: "role.editor", [Role.ADMIN]: "role.admin" } as const;
const SCOPE_WORDS = {
  [Scope.READ]: "scope.read",
  [Scope.ADD]: "scope.add",
  [Scope.EDIT]: "scope.edit",
  [Scope.CATALOG]: "scope.catalog",
  [Scope.ADMIN]: "scope.admin",
  [Scope.ACCOUNT]: "scope.account",
} as const;
const SCOPES_OF: Readonly<Partial<Record<Role, readonly Scope[]>>> = {
  [Role.UPLOADER]: [Scope.ADD, Scope.ACCOUNT],
  [Role.VIEWER]: [Scope.READ, Scope.ACCOUNT],
  [Role.EDITOR]: [Scope.READ, Scope.ADD, Scope.EDIT, Scope.CATALOG, Scope.ACCOUNT],
};

type RoleWord = (typeof ROLE_WORDS)[(typeof ROLES)[number]];

export function wordOfRole(role: Role): RoleWord | undefined {
  return (ROLE_WORDS as Partial<Record<Role, RoleWord>>)[role];
}

export function wordOfScope(scope: Scope): WordId | undefined {
  return (SCOPE_WORDS as Partial<Record<Scope, WordId>>)[scope];
}

/** The scopes that are of any use to a role. */
export function scopesOf(role: Role): readonly Scope[] {
  return SCOPES_OF[role] ?? SCOPES;
}
