/** Pages drawn small: each once, however often it is shown, a few at once, those in sight first. */

import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useCallback, useSyncExternalStore } from "react";

import { type Picture, Pictures } from "@/parts/pictures";

const WIDTH = 140;
// Pages of a few long documents; a picture has some 10 kB.
const KEPT = 500;
const AT_ONCE = 3;

const pictures = new Pictures(KEPT, AT_ONCE);
const numbers = new WeakMap<PDFDocumentProxy, number>();
let count = 0;

/** Gives the address of a page's picture, null where it cannot be drawn, undefined while nobody knows. Nothing is drawn before `isWanted`. */
export function usePagePicture(pdf: PDFDocumentProxy, page: number, isWanted: boolean): Picture {
  const key = `${numberOf(pdf)}/${page}`;
  const watch = useCallback(
    (tell: () => void) => (isWanted ? pictures.watch(key, (signal) => draw(pdf, page, signal), tell) : () => undefined),
    [pdf, page, key, isWanted],
  );
  return useSyncExternalStore(watch, () => pictures.get(key));
}

async function draw(pdf: PDFDocumentProxy, page: number, signal: AbortSignal): Promise<Blob | null> {
  const shown = await pdf.getPage(page);
  signal.throwIfAborted();
  const whole = shown.getViewport({ scale: 1 });
  const viewport = shown.getViewport({ scale: (WIDTH * Math.min(devicePixelRatio, 2)) / Math.max(whole.width, whole.height * 0.7) });
  const canvas = document.createElement("canvas");
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  const task = shown.render({ canvas, viewport });
  signal.addEventListener("abort", () => task.cancel(), { once: true });
  // A scanned page's picture takes some 30 MB while it is unpacked.
  await task.promise.finally(() => shown.cleanup());
  return new Promise((give) => canvas.toBlob(give, "image/jpeg", 0.85));
}

/** Tells files apart, since a new version may carry the marks of the one before. */
function numberOf(pdf: PDFDocumentProxy): number {
  const known = numbers.get(pdf);
  if (known !== undefined) return known;
  numbers.set(pdf, ++count);
  return count;
}
