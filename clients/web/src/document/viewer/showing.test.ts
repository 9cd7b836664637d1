import { DocumentState, FileKind } from "@sdk/scriba/v1/documents_pb.js";
import { expect, test } from "vitest";

import { showingOf } from "./showing";

const READ = { encrypted: false, hasArchive: false, mimeType: "application/pdf", pageCount: 2, state: DocumentState.READY };

test("a document with an archive PDF is shown by it, whatever came in", () => {
  expect(showingOf({ ...READ, hasArchive: true, mimeType: "image/jpeg" })).toEqual({ way: "pdf", kind: FileKind.ARCHIVE });
  expect(showingOf({ ...READ, hasArchive: true, encrypted: true })).toEqual({ way: "pdf", kind: FileKind.ARCHIVE });
});

test("a PDF is shown as it came while it is read, and not when it could not be", () => {
  expect(showingOf({ ...READ, pageCount: 0, state: DocumentState.PROCESSING })).toEqual({ way: "pdf", kind: FileKind.ORIGINAL });
  expect(showingOf({ ...READ, state: DocumentState.FAILED })).toEqual({ way: "nothing" });
});

test("a locked PDF asks for its password", () => {
  expect(showingOf({ ...READ, encrypted: true })).toEqual({ way: "locked" });
});

test("texts are shown as text, and other things by pictures of their pages once there are any", () => {
  expect(["text/csv", "text/plain", "message/rfc822"].map((mimeType) => showingOf({ ...READ, mimeType }).way)).toEqual(["text", "text", "text"]);
  expect(showingOf({ ...READ, mimeType: "image/png" })).toEqual({ way: "pictures" });
  expect(showingOf({ ...READ, mimeType: "image/png", pageCount: 0 })).toEqual({ way: "nothing" });
});
