/** Whether a workflow that is removed can be made again as it was; pure. */

import { TriggerKind, type Workflow } from "@sdk/scriba/v1/workflows_pb.js";

/** What would be lost for ever: secrets that nobody is told, and on which documents it has run by the clock. */
export type Loss = "secrets" | "schedule";

export function lossOf({ triggers, actions }: Workflow): Loss | null {
  const keepsSecrets = actions.some(({ action }) => (action.case === "webhook" && action.value.keptHeaders.length > 0) || action.case === "removePassword");
  if (keepsSecrets) return "secrets";
  return triggers.some(({ kind }) => kind === TriggerKind.SCHEDULED) ? "schedule" : null;
}

/** Puts one that was made again, and therefore stands last, where it stood. */
export function orderWith(ids: readonly string[], id: string, place: number): string[] {
  const others = ids.filter((other) => other !== id);
  return [...others.slice(0, place), id, ...others.slice(place)];
}
