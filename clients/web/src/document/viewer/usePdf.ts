import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useEffect, useState } from "react";

import type { Files, Wanted } from "@/document/files";

import type { OpenPdf } from "./pdf/openPdf";

export interface PdfOpening {
  readonly pdf: PDFDocumentProxy | null;
  /** Why it could not be opened, or why some of it did not come; null while all is well. */
  readonly problem: unknown;
  readonly retry: () => void;
}

interface Opening {
  readonly key: string;
  readonly open: OpenPdf | null;
  readonly problem: unknown;
}

/** Opens a PDF for as long as the component is shown; another key is another file. Nothing is opened for null. */
export function usePdf(files: Files, wanted: Wanted | null, key: string): PdfOpening {
  const [attempt, setAttempt] = useState(0);
  const [opening, setOpening] = useState<Opening>({ key: "", open: null, problem: null });
  const place = `${key} ${attempt}`;
  const [id, kind] = [wanted?.id, wanted?.kind];
  useEffect(() => {
    if (id === undefined) return;
    const ending = new AbortController();
    const tell = (change: Partial<Opening>) => {
      if (!ending.signal.aborted) setOpening((old) => ({ ...(old.key === place ? old : { open: null, problem: null }), ...change, key: place }));
    };
    import("./pdf/openPdf")
      .then(({ openPdf }) => openPdf(files, { id, ...(kind !== undefined && { kind }) }, ending.signal, (problem) => tell({ problem })))
      .then((open) => tell({ open }), (problem: unknown) => tell({ problem }));
    return () => ending.abort();
  }, [files, id, kind, place]);
  const { open, problem } = opening.key === place ? opening : { open: null, problem: null };
  return { pdf: open?.pdf ?? null, problem, retry: () => (open ? open.again() : setAttempt((count) => count + 1)) };
}
