/** Opens a PDF of the archive with pdf.js, which comes with this module and is loaded when somebody first looks at one. */

import { getDocument, GlobalWorkerOptions, VerbosityLevel, version, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

import { readStart, type Files, type Wanted } from "@/document/files";

import { FileRanges } from "./ranges";

// Up to this size a file comes in one piece: asking for its pieces would take longer.
const SMALL_BYTES = 1 << 20;
const START_BYTES = 1 << 18;

/** Where vite.config.ts lays what is fetched by name. */
const assets = new URL(`/assets/pdfjs-${version}/`, location.origin).href;
export const ANNOTATION_IMAGES = `${assets}web/images/`;

GlobalWorkerOptions.workerSrc = workerUrl;

export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  /** Asks again for what did not come. */
  readonly again: () => void;
  readonly close: () => void;
}

/** `tell` hears, later on, of a piece that did not come, and null once all goes on. */
export async function openPdf(files: Files, wanted: Wanted, signal: AbortSignal, tell: (problem: unknown) => void): Promise<OpenPdf> {
  const start = await readStart(files, wanted, SMALL_BYTES, signal);
  const size = Number(start.info.sizeBytes);
  const isWhole = start.bytes.length >= size;
  const ranges = isWhole ? null : new FileRanges(files, wanted, { ...start, bytes: start.bytes.slice(0, START_BYTES) }, tell);
  const task = getDocument({
    ...(ranges ? { range: ranges, rangeChunkSize: START_BYTES, disableAutoFetch: true, disableStream: true } : { data: start.bytes }),
    cMapUrl: `${assets}cmaps/`,
    standardFontDataUrl: `${assets}standard_fonts/`,
    wasmUrl: `${assets}wasm/`,
    useWasm: false,
    isEvalSupported: false,
    enableXfa: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  const close = () => {
    ranges?.abort();
    void task.destroy();
  };
  signal.addEventListener("abort", close, { once: true });
  const pdf = await task.promise;
  return { pdf, again: () => ranges?.again(), close };
}
