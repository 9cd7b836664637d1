/** Which lines of a list are in sight, all being as high as each other. */

/** The screen over the list, in pixels from where its first line begins. */
export interface Sight {
  readonly top: number;
  readonly bottom: number;
}

/** Gives the first and the last line of which something can be seen; of none, the nearest. */
export function linesInSight({ top, bottom }: Sight, height: number, count: number): readonly [number, number] {
  const line = (place: number) => Math.min(Math.max(place, 0), Math.max(count - 1, 0));
  const first = line(Math.floor(top / height));
  return [first, Math.max(first, line(Math.ceil(bottom / height) - 1))];
}

/** Gives the lines to draw: some more than are in sight, and the one that stays. */
export function linesToDraw([first, last]: readonly [number, number], beyond: number, kept: number | null, count: number): readonly number[] {
  const from = Math.max(first - beyond, 0);
  const to = Math.min(last + beyond, count - 1);
  const lines = Array.from({ length: Math.max(to - from + 1, 0) }, (_, place) => from + place);
  if (kept === null || kept >= count || (kept >= from && kept <= to)) return lines;
  return kept < from ? [kept, ...lines] : [...lines, kept];
}

/** Gives by how much to scroll, so that a line is whole in sight: as little as may be. */
export function wayTo(line: number, { top, bottom }: Sight, height: number): number {
  const start = line * height;
  if (start < top) return start - top;
  return Math.max(start + height - bottom, 0);
}
