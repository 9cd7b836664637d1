/** Prints the pages of a PDF by pictures of them: browsers print what is on a page, and no other file without opening it. */

import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

import style from "./printing.module.css";

const POINTS_PER_INCH = 72;
const DOTS_PER_INCH = 200;

/** Draws all pages and opens the browser's printing; `tell` hears how many are drawn. Leaves nothing behind, called off or not. */
export async function printPages(pdf: PDFDocumentProxy, signal: AbortSignal, tell: (done: number) => void): Promise<void> {
  const sheets = document.createElement("div");
  sheets.className = style.sheets ?? "";
  const forget = () => {
    for (const { src } of sheets.querySelectorAll("img")) URL.revokeObjectURL(src);
    sheets.remove();
  };
  try {
    for (let page = 1; page <= pdf.numPages; page += 1) {
      sheets.append(await sheetOf(pdf, page, signal));
      tell(page);
    }
    document.body.append(sheets);
  } catch (error) {
    forget();
    throw error;
  }
  window.addEventListener("afterprint", forget, { once: true });
  window.print();
}

/** Draws one page, lying where it is wider than high. */
async function sheetOf(pdf: PDFDocumentProxy, number: number, signal: AbortSignal): Promise<HTMLImageElement> {
  const page = await pdf.getPage(number);
  signal.throwIfAborted();
  const viewport = page.getViewport({ scale: DOTS_PER_INCH / POINTS_PER_INCH });
  const canvas = document.createElement("canvas");
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  const task = page.render({ canvas, viewport, intent: "print" });
  signal.addEventListener("abort", () => task.cancel(), { once: true });
  await task.promise;
  const blob = await new Promise<Blob | null>((give) => canvas.toBlob(give));
  // Frees its memory at once, which browsers else do when they come to it.
  canvas.width = 0;
  if (!blob) throw new RangeError(`page ${number} is too large to be drawn`);
  const picture = new Image();
  picture.src = URL.createObjectURL(blob);
  picture.alt = "";
  picture.className = (viewport.width > viewport.height ? style.lying : style.standing) ?? "";
  await picture.decode();
  return picture;
}
