/** What a machine does as a whole, and which have come of late. Pure. */

import { timestampDate, timestampMs } from "@bufbuild/protobuf/wkt";
import { type Node, NodeState } from "@sdk/scriba/v1/admin_pb.js";

export type Standing = "working" | "resting" | "away";

export function standingOf({ state, alive }: Node): Standing {
  if (state === NodeState.AWAY || !alive) return "away";
  return state === NodeState.RESTING ? "resting" : "working";
}

/** Gives the time by which it was seen a while ago: not before that, however this machine's clock differs from the server's. */
export function lookTime({ lastSeenTime }: Node, now = new Date()): Date {
  const seen = lastSeenTime ? timestampDate(lastSeenTime) : now;
  return seen > now ? seen : now;
}

/** Gives those that were not there before, the last that joined first. */
export function newcomers(nodes: readonly Node[], before: ReadonlySet<string>): readonly Node[] {
  const joined = ({ joinTime }: Node) => (joinTime ? timestampMs(joinTime) : 0);
  return nodes.filter(({ id }) => !before.has(id)).sort((one, other) => joined(other) - joined(one));
}
