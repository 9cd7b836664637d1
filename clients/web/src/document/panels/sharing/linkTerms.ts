/** How long a share link holds, and how it stands; pure. */

import { timestampDate, timestampFromDate, type Timestamp } from "@bufbuild/protobuf/wkt";
import type { ShareLink } from "@sdk/scriba/v1/shares_pb.js";

export type Standing = "open" | "off" | "ended" | "used";

type Term = Pick<ShareLink, "disabled" | "expireTime" | "maxDownloads" | "downloads">;

/** How a link stands for visitors at a moment. */
export function standingOfLink({ disabled, expireTime, maxDownloads, downloads }: Term, now: Date): Standing {
  if (expireTime && timestampDate(expireTime) <= now) return "ended";
  if (maxDownloads > 0 && downloads >= maxDownloads) return "used";
  return disabled ? "off" : "open";
}

/** Gives the end of a day in the reader's own zone, since who says "until Friday" means that day too; undefined for none. */
export function endOfDay(iso: string): Timestamp | undefined {
  return iso === "" ? undefined : timestampFromDate(new Date(`${iso}T23:59:59`));
}

/** Gives the day that lies so many days ahead, ISO 8601, in the reader's own zone. */
export function dayAhead(days: number, now: Date): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Gives a count of downloads; 0 for no end, null for what is none. */
export function downloadsFrom(text: string): number | null {
  const written = text.trim();
  return /^\d{0,7}$/.test(written) && Number(written) <= 1_000_000 ? Number(written) : null;
}

/** Gives the whole address: the server's, or that of this page where it does not know its own. */
export function addressOf({ url, path }: { readonly url: string; readonly path: string }, origin: string): string {
  return url === "" ? `${origin}${path}` : url;
}
