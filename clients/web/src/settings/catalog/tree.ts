import type { Label } from "@sdk/scriba/v1/catalog_pb.js";

export interface Placed {
  readonly label: Label;
  /** How many stand above it. */
  readonly depth: number;
}

/** Puts labels below their parents, each by its place in the list; one whose parent is not among them stands at the top. */
export function asTree(labels: readonly Label[]): readonly Placed[] {
  const known = new Set(labels.map(({ id }) => id));
  const placed: Placed[] = [];
  const place = (parent: string, depth: number) => {
    for (const label of labels.filter(({ parentId }) => (known.has(parentId) ? parentId : "") === parent)) {
      placed.push({ label, depth });
      place(label.id, depth + 1);
    }
  };
  place("", 0);
  return placed;
}

/** Lists those that may stand above a label: neither itself nor what is below it. */
export function possibleParents(labels: readonly Label[], id: string): readonly Label[] {
  const tree = asTree(labels);
  const start = tree.findIndex(({ label }) => label.id === id);
  if (start < 0) return tree.map(({ label }) => label);
  const depth = tree[start]?.depth ?? 0;
  const rest = tree.slice(start + 1);
  const length = rest.findIndex((other) => other.depth <= depth);
  const below = length < 0 ? rest : rest.slice(0, length);
  const barred = new Set([id, ...below.map(({ label }) => label.id)]);
  return tree.map(({ label }) => label).filter((label) => !barred.has(label.id));
}
