/** How fast machines read, and until when that would take. Pure. */

import type { Node } from "@sdk/scriba/v1/admin_pb.js";

const TEN_MINUTES = 10;
const MINUTES_OF_HOUR = 60;
const MINUTE_SECONDS = 60;

export interface Pace {
  /** Pages a minute: now, and on the mean of a longer while. */
  readonly minute: number;
  readonly tenMinutes: number;
  readonly hour: number;
}

/** Adds up what machines do, as far as they are there. */
export function paceOf(all: readonly Node[]): Pace {
  const nodes = all.filter(({ alive }) => alive);
  return {
    minute: total(nodes, ({ pagesReadInMinute }) => pagesReadInMinute),
    tenMinutes: total(nodes, ({ pagesReadInTenMinutes }) => pagesReadInTenMinutes) / TEN_MINUTES,
    hour: total(nodes, ({ pagesReadInHour }) => pagesReadInHour) / MINUTES_OF_HOUR,
  };
}

/** Gives the seconds that pages will take; null where nothing has been read of late, and nobody can say. */
export function secondsFor(pages: number, { minute, tenMinutes }: Pace): number | null {
  // The last minute alone jumps with each page; ten alone are still low when work has just begun.
  const pace = Math.max(minute, tenMinutes);
  return pace > 0 ? (pages / pace) * MINUTE_SECONDS : null;
}

/** Each page at work takes a core; what is sent there beyond that waits for one. */
export function coresAtWork({ pagesReading, cores }: Node): number {
  return Math.min(pagesReading, cores);
}

function total(nodes: readonly Node[], part: (node: Node) => bigint): number {
  return nodes.reduce((sum, node) => sum + Number(part(node)), 0);
}
