/** Who may see or edit a document, and what changes of it; pure. */

import { create } from "@bufbuild/protobuf";
import { AccessLevel, type Grant, GrantSchema, type Subject } from "@sdk/scriba/v1/permissions_pb.js";

/** Tells subjects apart; "everyone" is one. */
export function subjectKey({ who }: Subject): string {
  switch (who.case) {
    case "userId":
      return `user ${who.value}`;
    case "groupId":
      return `group ${who.value}`;
    default:
      return "everyone";
  }
}

/** Gives somebody access; whoever has some gets the new level. */
export function withGrant(grants: readonly Grant[], subject: Subject, level: AccessLevel): Grant[] {
  const grant = create(GrantSchema, { subject, level });
  const others = grants.filter((each) => !isOf(each, subject));
  return [...others, grant];
}

export function withoutGrant(grants: readonly Grant[], subject: Subject): Grant[] {
  return grants.filter((grant) => !isOf(grant, subject));
}

/** Lists whom access can still be given to: nobody twice, and not the owner, who has it. */
export function grantable(subjects: readonly Subject[], grants: readonly Grant[], ownerId: string): Subject[] {
  const taken = new Set([`user ${ownerId}`, ...grants.flatMap(({ subject }) => (subject ? [subjectKey(subject)] : []))]);
  return subjects.filter((subject) => !taken.has(subjectKey(subject)));
}

function isOf(grant: Grant, subject: Subject): boolean {
  return grant.subject !== undefined && subjectKey(grant.subject) === subjectKey(subject);
}
