/** Which assignment each value of a document stands on. */

import { Aspect, type Assignment, Giver } from "@sdk/scriba/v1/assignments_pb.js";

/** Gives the newest that still holds, when a machine gave it; nothing for what a person gave, which needs no reason. */
export function standingOf(assignments: readonly Assignment[], aspect: Aspect, subject = ""): Assignment | undefined {
  const newest = assignments.findLast((each) => {
    if (each.undone || each.aspect !== aspect) return false;
    if (aspect === Aspect.TAG) return each.value === subject || each.before === subject;
    return aspect !== Aspect.FIELD || each.field === subject;
  });
  if (!newest || newest.value === "" || (aspect === Aspect.TAG && newest.value !== subject)) return undefined;
  return newest.giver === Giver.USER ? undefined : newest;
}
