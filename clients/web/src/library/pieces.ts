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
