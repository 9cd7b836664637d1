/** The files of a document, as they are streamed: whole, taken up again after a break, or a piece of one. */

import { Code, ConnectError, type Client } from "@connectrpc/connect";
import type { DocumentService, DownloadDocumentRequest, DownloadDocumentResponse_Info as Info } from "@sdk/scriba/v1/documents_pb.js";

export type Files = Pick<Client<typeof DocumentService>, "downloadDocument">;
export type Wanted = Partial<Pick<DownloadDocumentRequest, "kind" | "page" | "version">> & { readonly id: string };

/** A file, or its beginning. */
export interface Piece {
  readonly info: Info;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const TRIES = 5;
const FIRST_PAUSE_MILLISECONDS = 400;

/** Gives the first bytes of a file: `enough`, or all that it has. */
export async function readStart(files: Files, wanted: Wanted, enough: number, signal: AbortSignal): Promise<Piece> {
  let info: Info | undefined;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const { part } of files.downloadDocument({ ...wanted, maxBytes: BigInt(enough) }, { signal })) {
    if (part.case === "info") info = part.value;
    if (part.case === "chunk") {
      pieces.push(part.value);
      length += part.value.length;
    }
  }
  if (!info) throw new ConnectError("the file has no beginning", Code.DataLoss);
  return { info, bytes: joined(pieces, length) };
}

/** Gives the bytes from `begin` up to `end`. */
export async function readRange(files: Files, wanted: Wanted, begin: number, end: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const { part } of files.downloadDocument({ ...wanted, offset: BigInt(begin), maxBytes: BigInt(end - begin) }, { signal })) {
    if (part.case !== "chunk") continue;
    pieces.push(part.value);
    length += part.value.length;
  }
  return joined(pieces, length);
}

/** Gives a whole file. One that breaks off goes on where it was; `tell` hears of each piece that came. */
export async function readWhole(files: Files, wanted: Wanted, signal: AbortSignal, tell: (done: number, total: number) => void = () => undefined): Promise<Piece> {
  let info: Info | undefined;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let failures = 0; ; ) {
    try {
      for await (const { part } of files.downloadDocument({ ...wanted, offset: BigInt(length) }, { signal })) {
        if (part.case === "info") info = part.value;
        if (part.case !== "chunk") continue;
        pieces.push(part.value);
        length += part.value.length;
        failures = 0;
        tell(length, Number(info?.sizeBytes ?? 0));
      }
      if (!info) throw new ConnectError("the file has no beginning", Code.DataLoss);
      return { info, bytes: joined(pieces, length) };
    } catch (error) {
      failures += 1;
      if (signal.aborted || failures >= TRIES || !mayPass(error)) throw error;
      await pause(FIRST_PAUSE_MILLISECONDS * 2 ** failures, signal);
    }
  }
}

/** Says whether the same call may well succeed a little later. */
export function mayPass(error: unknown): boolean {
  return [Code.Unavailable, Code.Unknown, Code.Aborted].includes(ConnectError.from(error).code);
}

export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((go, refuse) => {
    const timer = setTimeout(go, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      refuse(new ConnectError("called off", Code.Canceled));
    }, { once: true });
  });
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
}
