/** Pages as they are being arranged: pure, nothing is done before the whole is ordered. */

export interface Leaf {
  /** Counted from 1, in the version that is arranged. */
  readonly number: number;
  /** Degrees clockwise: 0, 90, 180 or 270. */
  readonly turn: number;
  /** Another document begins here. */
  readonly cut: boolean;
}

export type Leaves = readonly Leaf[];
type Chosen = ReadonlySet<number>;

export function allLeaves(pages: number): Leaves {
  return Array.from({ length: pages }, (_, index) => ({ number: index + 1, turn: 0, cut: false }));
}

export function turned(leaves: Leaves, chosen: Chosen, degrees: 90 | 270): Leaves {
  return leaves.map((leaf) => (chosen.has(leaf.number) ? { ...leaf, turn: (leaf.turn + degrees) % 360 } : leaf));
}

/** Leaves pages out, but never all of them. */
export function without(leaves: Leaves, chosen: Chosen): Leaves {
  const rest = leaves.filter(({ number }) => !chosen.has(number));
  return rest.length === 0 ? leaves : rest;
}

/** Puts a cut before each chosen page, or takes it away where all have one. The first page begins a document anyway. */
export function cutBefore(leaves: Leaves, chosen: Chosen): Leaves {
  const may = (leaf: Leaf, index: number) => index > 0 && chosen.has(leaf.number);
  const cut = leaves.some((leaf, index) => may(leaf, index) && !leaf.cut);
  return leaves.map((leaf, index) => (may(leaf, index) ? { ...leaf, cut } : leaf));
}

/** Moves the chosen pages, which stay together in their order, to before or after another. */
export function moved(leaves: Leaves, chosen: Chosen, target: number, where: "before" | "after"): Leaves {
  const rest = leaves.filter(({ number }) => !chosen.has(number));
  const index = rest.findIndex(({ number }) => number === target);
  if (index < 0) return leaves;
  const place = where === "before" ? index : index + 1;
  return [...rest.slice(0, place), ...leaves.filter(({ number }) => chosen.has(number)), ...rest.slice(place)];
}

/** Moves the chosen pages one place on, or back. */
export function shifted(leaves: Leaves, chosen: Chosen, way: "back" | "on"): Leaves {
  const places = leaves.flatMap(({ number }, index) => (chosen.has(number) ? [index] : []));
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return leaves;
  const target = way === "back" ? leaves[first - 1] : leaves[last + 1];
  return target ? moved(leaves, chosen, target.number, way === "back" ? "before" : "after") : leaves;
}

/** Gives the documents that the cuts make; one where there is none. */
export function partsOf(leaves: Leaves): readonly Leaves[] {
  const parts: Leaf[][] = [];
  for (const [index, leaf] of leaves.entries()) {
    if (index === 0 || leaf.cut) parts.push([leaf]);
    else parts.at(-1)?.push(leaf);
  }
  return parts;
}

export function isChanged(leaves: Leaves, pages: number): boolean {
  return leaves.length !== pages || leaves.some(({ number, turn, cut }, index) => number !== index + 1 || turn !== 0 || cut);
}

/** Gives what brings the pages back to how they were, counted in the version that was made; null where some were left out. */
export function reversed(leaves: Leaves, pages: number): Leaves | null {
  if (leaves.length !== pages) return null;
  const back = leaves.map(({ number, turn }, index) => ({ to: number, leaf: { number: index + 1, turn: (360 - turn) % 360, cut: false } }));
  return back.sort((one, other) => one.to - other.to).map(({ leaf }) => leaf);
}
