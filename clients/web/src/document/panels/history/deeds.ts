/** What happened to a document, of people and machines in one list, the newest first. */

import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Aspect, type Assignment, Giver } from "@sdk/scriba/v1/assignments_pb.js";
import { AuditAct, type AuditChange, type AuditEntry } from "@sdk/scriba/v1/audit_pb.js";

import { fieldChangedBy } from "@/document/panels/history/fieldNames";

export interface HistoryLine {
  readonly change: AuditChange;
  /** Takes the change back while its value holds. */
  readonly assignment: Assignment | undefined;
}

export type Deed =
  | { readonly by: "somebody"; readonly id: string; readonly when: number; readonly entry: AuditEntry; readonly lines: readonly HistoryLine[] }
  | { readonly by: "machine"; readonly id: string; readonly when: number; readonly giver: Giver; readonly reason: string; readonly assignments: readonly Assignment[] };

// One transaction notes both.
const TOGETHER_MILLISECONDS = 2_000;

/** Joins what people did with what machines gave. Unless all entries are there, leaves out what is older than they reach. */
export function deedsOf(entries: readonly AuditEntry[], assignments: readonly Assignment[], areAll: boolean): readonly Deed[] {
  const oldest = Math.min(...entries.map(whenOf));
  const people = entries.map((entry): Deed => ({
    by: "somebody",
    id: `entry ${entry.id}`,
    when: whenOf(entry),
    entry,
    lines: entry.changes.filter((change) => isWorthTelling(change, entry)).map((change) => ({ change, assignment: assignments.find((each) => isOf(each, change, entry)) })),
  }));
  const machines = givenTogether(assignments.filter((each) => each.giver !== Giver.USER && (areAll || whenOf(each) >= oldest)));
  return [...people, ...machines].toSorted((one, other) => other.when - one.when);
}

/** Joins what one machine gave at once and for one reason: an invoice fills many fields. */
function givenTogether(assignments: readonly Assignment[]): readonly Deed[] {
  const groups = new Map<string, Assignment[]>();
  for (const each of assignments) {
    const key = `${whenOf(each)} ${each.giver} ${each.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group): Deed[] => {
    const [first] = group;
    return first ? [{ by: "machine", id: `assignment ${first.id}`, when: whenOf(first), giver: first.giver, reason: first.reason, assignments: group }] : [];
  });
}

/** Tells whether an assignment can still be taken back: it holds, and no later one is about the same. */
export function mayUndo(assignment: Assignment, assignments: readonly Assignment[]): boolean {
  if (assignment.undone || assignment.reason === "undone") return false;
  return !assignments.some((other) => !other.undone && Number(other.id) > Number(assignment.id) && isSamePlace(other, assignment));
}

/** A new document has its first version, and came for the first time: nobody needs to be told. */
function isWorthTelling({ field }: AuditChange, { act }: AuditEntry): boolean {
  return act !== AuditAct.CREATED || (field !== "version" && field !== "duplicate_count");
}

function isSamePlace(one: Assignment, other: Assignment): boolean {
  if (one.aspect !== other.aspect || one.field !== other.field) return false;
  return one.aspect !== Aspect.TAG || (one.value || one.before) === (other.value || other.before);
}

function isOf(assignment: Assignment, change: AuditChange, entry: AuditEntry): boolean {
  const isSame = fieldChangedBy(assignment) === change.field && assignment.value === change.after && assignment.giver === Giver.USER;
  return isSame && Math.abs(whenOf(assignment) - whenOf(entry)) < TOGETHER_MILLISECONDS;
}

function whenOf({ time }: Pick<AuditEntry, "time">): number {
  return time ? timestampMs(time) : 0;
}
