/** How many bytes go in one call: about as many as arrive in two seconds, so that a break loses little and no call meets its deadline. */

const LEAST_BYTES = 16 * 1024;
export const FIRST_BYTES = 256 * 1024;
/** What WriteUploadRequest.chunk takes. */
const MOST_BYTES = 1024 * 1024;
const AIM_MILLISECONDS = 2_000;

export function nextBytes(bytes: number, milliseconds: number): number {
  const wanted = (bytes * AIM_MILLISECONDS) / Math.max(milliseconds, 1);
  return bounded(Math.min(wanted, bytes * 2));
}

/** After a call that did not come to its end. */
export function fewerBytes(bytes: number): number {
  return bounded(bytes / 4);
}

function bounded(bytes: number): number {
  return Math.round(Math.min(Math.max(bytes, LEAST_BYTES), MOST_BYTES));
}
