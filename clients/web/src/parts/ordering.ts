/** Putting things into another order, one at a time. */

/** Moves one to another place, which is counted once it has left its own. */
export function movedTo<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const item = items[from];
  if (item === undefined) return [...items];
  const others = items.filter((_, place) => place !== from);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

/** Tells the place of what is dragged to a height: below all others whose middle is above it. */
export function placeAt(height: number, middles: readonly number[], from: number): number {
  return middles.filter((middle, place) => place !== from && middle < height).length;
}
