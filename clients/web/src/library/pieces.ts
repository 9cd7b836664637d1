/** Cuts a highlighted text into what was found and what stands around it. */

import type { Highlight } from "@sdk/scriba/v1/search_pb.js";

export interface Piece {
  readonly text: string;
  readonly isFound: boolean;
}

/** The server counts ranges in code points. */
export function piecesOf({ text, ranges }: Pick<Highlight, "text"> & { readonly ranges: readonly { start: number; end: number }[] }): Piece[] {
  const letters = Array.from(text);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    pieces.push({ text: letters.slice(at, start).join(""), isFound: false }, { text: letters.slice(Math.max(at, start), end).join(""), isFound: true });
    at = Math.max(at, end);
  }
  pieces.push({ text: letters.slice(at).join(""), isFound: false });
  return pieces.filter((piece) => piece.text !== "");
}

// Letters before the first find that still tell where it stands, in a line that is cut off behind.
const LEAD = 28;

/** Cuts what stands far before the first find, between words, so that a short line shows the find and not what leads to it. */
export function fromFind(pieces: readonly Piece[]): readonly Piece[] {
  const [first, ...rest] = pieces;
  if (!first || first.isFound || rest.length === 0) return pieces;
  const letters = Array.from(first.text);
  if (letters.length <= LEAD) return pieces;
  const near = letters.slice(-LEAD).join("");
  const space = near.search(/\s/u);
  return [{ text: `… ${space === -1 || space === near.length - 1 ? near : near.slice(space + 1)}`, isFound: false }, ...rest];
}
