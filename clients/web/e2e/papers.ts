/** Papers that scenarios bring: drawn in the browser, no two of them alike, and taken out of the archive again. */

import { crc32 } from "node:zlib";

import type { BrowserContext, Page } from "playwright-core";

import { DocumentService } from "../sdk/scriba/v1/documents_pb.js";
import { forget as forgetDocuments, serviceOf } from "./archive.ts";

export interface Paper {
  readonly name: string;
  readonly bytes: Buffer;
}

const VOWELS = "aeiou";
const CONSONANTS = "bdfklmnprst";
const END_BYTES = 12; // of the chunk that ends a PNG

/** A word that no other paper has, and that is easily read. */
export function newWord(): string {
  const letter = (letters: string) => letters[Math.floor(Math.random() * letters.length)] ?? "";
  return Array.from({ length: 4 }, () => letter(CONSONANTS) + letter(VOWELS)).join("");
}

/** Draws a scan with a word on it, and calls it like that. */
export async function paperWith(page: Page, word: string): Promise<Paper> {
  const content = await page.evaluate((written) => {
    const sheet = Object.assign(document.createElement("canvas"), { width: 1240, height: 900 });
    const pen = sheet.getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.fillStyle = "#000000";
    pen.font = "44px sans-serif";
    ["Dear neighbour,", `the password for the garden gate is ${written} now.`, "Please keep it to yourself.", "With kind regards"].forEach((line, place) => {
      pen.fillText(line, 120, 150 + place * 90);
    });
    return sheet.toDataURL("image/png").split(",")[1] ?? "";
  }, word);
  return { name: `${word}.png`, bytes: Buffer.from(content, "base64") };
}

/** Makes a picture so many bytes larger, by a part that no program looks at. */
export function enlarged({ name, bytes }: Paper, more: number): Paper {
  const [kind, data, length, sum] = [Buffer.from("scRb"), Buffer.alloc(more), Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(Buffer.concat([kind, data])));
  return { name, bytes: Buffer.concat([bytes.subarray(0, -END_BYTES), length, kind, data, sum, bytes.subarray(-END_BYTES)]) };
}

/** Lets papers go over the page, as from a folder of the desktop. */
export async function drop(page: Page, papers: readonly Paper[]): Promise<void> {
  await hand(page, papers, "drop");
}

export async function paste(page: Page, papers: readonly Paper[]): Promise<void> {
  await hand(page, papers, "paste");
}

async function hand(page: Page, papers: readonly Paper[], way: "drop" | "paste"): Promise<void> {
  const files = papers.map(({ name, bytes }) => ({ name, content: bytes.toString("base64") }));
  await page.evaluate(
    ({ told, how }) => {
      const data = new DataTransfer();
      for (const { name, content } of told) data.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name));
      if (how === "paste") document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
      else document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    { told: files, how: way },
  );
}

/** Takes the documents of these names out of the archive for ever, so that it is as it was. */
export async function forget(context: BrowserContext, words: readonly string[]): Promise<void> {
  const { documents } = await (await serviceOf(context, DocumentService)).listDocuments({ pageSize: 100 });
  const brought = documents.filter(({ originalFilename }) => words.some((word) => originalFilename.startsWith(word)));
  await forgetDocuments(context, brought.map(({ id }) => id));
}
