/** Which labels somebody may choose from, once some letters are typed. */

import type { Label } from "@sdk/scriba/v1/catalog_pb.js";

export interface LabelChoice {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  /** The names of the tags above it, the highest first. */
  readonly above: readonly string[];
  /** -1 for a name that would make a new label. */
  readonly documents: number;
}

const DEEPEST = 8;

/** The id of the choice that makes a new label. */
export const NEW_LABEL = "new";

/** Lists labels as choices, without those that are chosen, and last a new one where the typed name is not there yet. */
export function choicesOf(labels: readonly Label[], known: ReadonlyMap<string, Label>, typed: string, chosen: readonly string[], mayMake: boolean): LabelChoice[] {
  const name = typed.trim().replace(/\s+/g, " ");
  const choices = labels
    .filter((label) => !chosen.some((other) => isSameName(other, label.name)))
    .map((label) => ({ id: label.id, name: label.name, colour: label.colour, above: namesAbove(label, known), documents: Number(label.documentCount) }));
  const isThere = [...labels.map((label) => label.name), ...chosen].some((other) => isSameName(other, name));
  return mayMake && name !== "" && !isThere ? [...choices, { id: NEW_LABEL, name, colour: "", above: [], documents: -1 }] : choices;
}

/** Of labels that were found by fewer letters, those that more of them may still mean: whoever types fast takes no other by Enter. */
export function stillMeant(labels: readonly Label[], typed: string): readonly Label[] {
  return labels.filter(({ name }) => plainName(name).includes(plainName(typed)));
}

export function isSameName(one: string, other: string): boolean {
  return plainName(one) === plainName(other);
}

/** A name as the server tells names apart: by neither capitals nor white space. */
export function plainName(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}

function namesAbove(label: Label, known: ReadonlyMap<string, Label>): string[] {
  const names: string[] = [];
  let above = known.get(label.parentId);
  while (above && names.length < DEEPEST) {
    names.unshift(above.name);
    above = known.get(above.parentId);
  }
  return names;
}
