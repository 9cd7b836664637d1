import type { Transport } from "@connectrpc/connect";
import { createClient } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { type Document, DocumentService, DocumentState, FileKind } from "@sdk/scriba/v1/documents_pb.js";
import { File, FileCode, FileImage, FileLock, FileSpreadsheet, FileText, FileWarning, type LucideIcon, Mail, Presentation } from "lucide-react";
import { createElement, useCallback, useSyncExternalStore } from "react";

import { type Picture, Pictures } from "@/parts/pictures";

import style from "./Thumbnail.module.css";

// A few screens of cards; a picture has some 20 kB.
const KEPT = 400;
const AT_ONCE = 6;

const shelves = new WeakMap<Transport, Pictures>();

type Pictured = Pick<Document, "id" | "mimeType" | "state" | "version" | "encrypted">;

/** The first page of a document, small; what kind of file it is until that is there. The words beside it say which document it is. */
export function Thumbnail({ document }: { readonly document: Pictured }) {
  const picture = useThumbnail(document);
  return (
    <span className={style.frame} data-state={document.state === DocumentState.FAILED ? "failed" : undefined}>
      {picture ? <img src={picture} alt="" decoding="async" draggable={false} /> : createElement(iconOf(document), { size: 28, strokeWidth: 1.25, "aria-hidden": true })}
    </span>
  );
}

/** Gives the address of a document's thumbnail, null where it has none, undefined while nobody knows. */
export function useThumbnail({ id, version, state }: Pictured): Picture {
  const transport = useTransport();
  const pictures = shelfOf(transport);
  // Another version has another first page, and one that is still read may get a picture.
  const key = `${id}/${version}/${state}`;
  const watch = useCallback(
    (tell: () => void) => pictures.watch(key, (signal) => readThumbnail(transport, id, signal), tell),
    [pictures, transport, key, id],
  );
  return useSyncExternalStore(watch, () => pictures.get(key));
}

async function readThumbnail(transport: Transport, id: string, signal: AbortSignal): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let type = "";
  for await (const { part } of createClient(DocumentService, transport).downloadDocument({ id, kind: FileKind.THUMBNAIL }, { signal })) {
    if (part.case === "info") type = part.value.mimeType;
    else if (part.case === "chunk") chunks.push(new Uint8Array(part.value));
  }
  return new Blob(chunks, { type });
}

function shelfOf(transport: Transport): Pictures {
  const pictures = shelves.get(transport) ?? new Pictures(KEPT, AT_ONCE);
  shelves.set(transport, pictures);
  return pictures;
}

const ICONS: readonly (readonly [RegExp, LucideIcon])[] = [
  [/^image\//, FileImage],
  [/^message\//, Mail],
  [/spreadsheet|excel|csv/, FileSpreadsheet],
  [/presentation|powerpoint/, Presentation],
  [/xml|html|json/, FileCode],
  [/pdf|text|word|document|rtf/, FileText],
];

function iconOf({ mimeType, state, encrypted }: Pictured): LucideIcon {
  if (encrypted) return FileLock;
  if (state === DocumentState.FAILED) return FileWarning;
  return ICONS.find(([kind]) => kind.test(mimeType))?.[1] ?? File;
}
