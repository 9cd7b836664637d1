import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useState } from "react";

import { notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";

export interface Printing {
  readonly done: number;
  readonly total: number;
  readonly cancel: () => void;
}

/** Prints a document; `now` is how far its pages are drawn. Nothing can be printed before it is open. */
export function usePrinting(pdf: PDFDocumentProxy | null): { readonly now: Printing | null; readonly print: (() => void) | null } {
  const explain = useExplanation();
  const [now, setNow] = useState<Printing | null>(null);
  const print = async (open: PDFDocumentProxy) => {
    const ending = new AbortController();
    const tell = (done: number) => setNow({ done, total: open.numPages, cancel: () => ending.abort() });
    tell(0);
    try {
      const { printPages } = await import("./printPages");
      await printPages(open, ending.signal, tell);
    } catch (error) {
      if (!ending.signal.aborted) notifyWrong(explain(error));
    }
    setNow(null);
  };
  return { now, print: pdf && !now ? () => void print(pdf) : null };
}
