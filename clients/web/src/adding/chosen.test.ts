import { expect, test } from "vitest";

import { droppedFiles, pastedFiles, withoutLitter } from "@/adding/chosen";

const fileNamed = (name: string) => new File(["x"], name);

/** Entries as a browser gives them: a folder's by batches, then an empty one. */
function entryOf(name: string, content?: readonly object[]): object {
  if (!content) return { isDirectory: false, file: (done: (file: File) => void) => done(fileNamed(name)) };
  const batches = [...content.map((entry) => [entry]), []];
  return { isDirectory: true, createReader: () => ({ readEntries: (done: (entries: unknown) => void) => done(batches.shift()) }) };
}

function dropOf(...entries: readonly object[]): DataTransfer {
  return { items: entries.map((entry) => ({ kind: "file", webkitGetAsEntry: () => entry })), files: [] } as unknown as DataTransfer;
}

test("a dropped folder gives all that lies in it, at any depth, but no litter", async () => {
  const drop = dropOf(entryOf("bill.pdf"), entryOf("2024", [entryOf("a.pdf"), entryOf(".DS_Store"), entryOf("taxes", [entryOf("b.pdf"), entryOf("Thumbs.db")])]));
  expect((await droppedFiles(drop)).map(({ name }) => name)).toEqual(["bill.pdf", "a.pdf", "b.pdf"]);
});

test("of a chosen folder, empty and hidden files are left out", () => {
  const files = [fileNamed("a.pdf"), fileNamed("~$letter.docx"), new File([], "empty.pdf"), fileNamed("desktop.ini")];
  expect(withoutLitter(files).map(({ name }) => name)).toEqual(["a.pdf"]);
});

test("pasted pictures get a name of their own, files keep theirs", () => {
  const data = { files: [fileNamed("image.png"), fileNamed("letter.pdf")] } as unknown as DataTransfer;
  expect(pastedFiles(data, "Pasted", new Date("2026-02-03T04:05:06Z")).map(({ name }) => name)).toEqual(["Pasted 2026-02-03 04.05.06 1.png", "letter.pdf"]);
});
