import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { ErrorInfoSchema } from "@sdk/google/rpc/error_details_pb.js";
import { DocumentService, type WriteUploadRequest } from "@sdk/scriba/v1/documents_pb.js";
import { expect, test, vi } from "vitest";

import { Uploads } from "@/adding/uploads/driver";
import { NOTHING_GIVEN } from "@/adding/uploads/queue";
import { type KeptUpload, MemoryShelf, type Shelf } from "@/adding/uploads/shelf";

/** Takes parts as the archive does, and refuses the calls whose turn it is. */
class FakeArchive {
  readonly parts = new Map<string, number[]>();
  readonly calls: WriteUploadRequest[] = [];
  readonly asked: string[] = [];
  readonly faults = new Map<number, ConnectError>();
  duplicate = false;

  transport() {
    return createRouterTransport(({ service }) => {
      service(DocumentService, {
        getUpload: ({ requestId }) => {
          this.asked.push(requestId);
          const part = this.parts.get(requestId);
          if (!part) throw new ConnectError("no such upload", Code.NotFound);
          return { receivedBytes: BigInt(part.length) };
        },
        writeUpload: (request) => this.#write(request),
      });
    });
  }

  #write(request: WriteUploadRequest) {
    this.calls.push(request);
    const fault = this.faults.get(this.calls.length);
    if (fault) throw fault;
    const { requestId = "", offset = 0n, sizeBytes = 0n } = request.start ?? {};
    const part = this.parts.get(requestId) ?? [];
    if (Number(offset) !== part.length) throw refusal(Code.FailedPrecondition, "UPLOAD_OFFSET_WRONG", { received_bytes: String(part.length) });
    for (const byte of request.chunk) part.push(byte);
    this.parts.set(requestId, part);
    if (part.length < Number(sizeBytes)) return { receivedBytes: BigInt(part.length) };
    return { receivedBytes: sizeBytes, upload: { document: { id: "7" }, duplicate: this.duplicate, jobId: this.duplicate ? "" : "9" } };
  }
}

function refusal(code: Code, reason: string, metadata: Record<string, string> = {}): ConnectError {
  return new ConnectError(reason, code, undefined, [{ desc: ErrorInfoSchema, value: { reason, domain: "scriba", metadata } }]);
}

function fileOf(bytes: number, name = "scan.pdf"): File {
  return new File([new Uint8Array(bytes).map((_, place) => place % 251)], name, { lastModified: 5 });
}

async function begunWith(archive: FakeArchive, files: readonly File[], shelf: Shelf = new MemoryShelf()): Promise<Uploads> {
  const uploads = new Uploads(archive.transport(), shelf, "anna");
  await uploads.start();
  await uploads.add(files, NOTHING_GIVEN);
  return uploads;
}

const statesOf = (uploads: Uploads) => uploads.snapshot().map(({ state }) => state);

test("a file arrives part by part, whole and in order, and is kept no longer", async () => {
  const archive = new FakeArchive();
  const shelf = new MemoryShelf();
  const file = fileOf(700_000);
  const uploads = await begunWith(archive, [file], shelf);
  await vi.waitFor(() => expect(statesOf(uploads)).toEqual(["sent"]));
  const [upload] = uploads.snapshot();
  expect(upload?.sent).toEqual({ documentId: "7", jobId: "9", isDuplicate: false });
  expect(archive.parts.get(upload?.id ?? "")).toEqual([...new Uint8Array(await file.arrayBuffer())]);
  expect(archive.calls.length).toBeGreaterThan(1);
  await vi.waitFor(async () => expect(await shelf.all()).toEqual([]));
});

test("what the files shall get goes with every part", async () => {
  const archive = new FakeArchive();
  const uploads = new Uploads(archive.transport(), new MemoryShelf(), "anna");
  await uploads.start();
  await uploads.add([fileOf(10)], { tags: ["tax"], correspondent: "City" });
  await vi.waitFor(() => expect(archive.calls.map(({ start }) => [start?.tags, start?.correspondent])).toEqual([[["tax"], "City"]]));
});

test("after a call that was lost it goes on from where the server stands, and sends nothing twice", async () => {
  const archive = new FakeArchive();
  archive.faults.set(2, new ConnectError("gone", Code.Unavailable));
  const uploads = await begunWith(archive, [fileOf(700_000)]);
  await vi.waitFor(() => expect(uploads.snapshot()[0]?.trouble?.kind).toBe("offline"));
  uploads.hurry();
  await vi.waitFor(() => expect(statesOf(uploads)).toEqual(["sent"]));
  expect(archive.asked.length).toBe(1);
  expect(archive.calls[2]?.start?.offset).toBe(262_144n);
});

test("one paused sends no more until it is resumed, then goes on", async () => {
  const archive = new FakeArchive();
  archive.faults.set(2, new ConnectError("gone", Code.Unavailable));
  const uploads = await begunWith(archive, [fileOf(700_000)]);
  await vi.waitFor(() => expect(statesOf(uploads)).toEqual(["held"]));
  const id = uploads.snapshot()[0]?.id ?? "";
  uploads.pause(id);
  uploads.hurry();
  expect([statesOf(uploads), archive.calls.length]).toEqual([["paused"], 2]);
  uploads.resume(id);
  await vi.waitFor(() => expect(statesOf(uploads)).toEqual(["sent"]));
});

test("a page that is loaded anew goes on with what the one before left", async () => {
  const archive = new FakeArchive();
  archive.faults.set(2, new ConnectError("gone", Code.Unavailable));
  const shelf = new MemoryShelf();
  const before = await begunWith(archive, [fileOf(700_000)], shelf);
  await vi.waitFor(() => expect(statesOf(before)).toEqual(["held"]));
  before.stop();
  const anew = new Uploads(archive.transport(), shelf, "anna");
  await anew.start();
  await vi.waitFor(() => expect(statesOf(anew)).toEqual(["sent"]));
  expect(archive.calls[2]?.start?.offset).toBe(262_144n);
  expect(anew.snapshot()[0]?.id).toBe(before.snapshot()[0]?.id);
});

test("bytes that the browser had no room for are asked for, and the same file goes on where it stood", async () => {
  const archive = new FakeArchive();
  const shelf = new MemoryShelf();
  await shelf.put(keptOf({ bytes: null }));
  archive.parts.set("0123456789abcdef", [...new Uint8Array(await fileOf(400).arrayBuffer())]);
  const uploads = new Uploads(archive.transport(), shelf, "anna");
  await uploads.start();
  expect(statesOf(uploads)).toEqual(["missing"]);
  await uploads.add([fileOf(1_000)], NOTHING_GIVEN);
  await vi.waitFor(() => expect(statesOf(uploads)).toEqual(["sent"]));
  expect(archive.calls.map(({ start }) => [start?.requestId, start?.offset])).toEqual([["0123456789abcdef", 400n]]);
});

test("nobody sends what another user left, and it is forgotten", async () => {
  const shelf = new MemoryShelf();
  await shelf.put(keptOf({ user: "bert" }));
  const uploads = new Uploads(new FakeArchive().transport(), shelf, "anna");
  await uploads.start();
  expect([uploads.snapshot(), await shelf.all()]).toEqual([[], []]);
});

test("bytes that the archive has are told as a duplicate, with the document that is there", async () => {
  const archive = new FakeArchive();
  archive.duplicate = true;
  const uploads = await begunWith(archive, [fileOf(10)]);
  await vi.waitFor(() => expect(uploads.snapshot()[0]?.sent).toEqual({ documentId: "7", jobId: "", isDuplicate: true }));
});

test("a file that is too large is refused with the reason, and sent as a new one on demand", async () => {
  const archive = new FakeArchive();
  archive.faults.set(1, refusal(Code.ResourceExhausted, "UPLOAD_TOO_LARGE"));
  const uploads = await begunWith(archive, [fileOf(10)]);
  await vi.waitFor(() => expect(uploads.snapshot()[0]?.trouble?.kind).toBe("too_large"));
  const id = uploads.snapshot()[0]?.id ?? "";
  uploads.retry(id);
  await vi.waitFor(() => expect(statesOf(uploads)).toEqual(["sent"]));
  expect(uploads.snapshot()[0]?.id).not.toBe(id);
});

test("an empty file is refused before anything is sent", async () => {
  const archive = new FakeArchive();
  const uploads = await begunWith(archive, [fileOf(0)]);
  expect([uploads.snapshot()[0]?.trouble?.kind, archive.calls.length]).toEqual(["empty", 0]);
});

test("a file beyond the bound of the archive is refused before anything is sent, one at the bound is taken", async () => {
  const archive = new FakeArchive();
  const uploads = new Uploads(archive.transport(), new MemoryShelf(), "anna");
  await uploads.start();
  await uploads.add([fileOf(11, "larger.pdf"), fileOf(10, "as large.pdf")], NOTHING_GIVEN, 10);
  expect(uploads.snapshot()[0]?.trouble?.kind).toBe("over_bound");
  await vi.waitFor(() => expect(statesOf(uploads)).toEqual(["refused", "sent"]));
  expect(archive.calls.map(({ start }) => start?.filename)).toEqual(["as large.pdf"]);
});

test("a file that is on its way is not added twice", async () => {
  const archive = new FakeArchive();
  archive.faults.set(1, new ConnectError("gone", Code.Unavailable));
  const uploads = await begunWith(archive, [fileOf(10)]);
  await vi.waitFor(() => expect(statesOf(uploads)).toEqual(["held"]));
  await uploads.add([fileOf(10)], NOTHING_GIVEN);
  expect(uploads.snapshot().length).toBe(1);
});

test("one taken out is sent no more, and what puts it back sends it after all", async () => {
  const archive = new FakeArchive();
  archive.faults.set(1, new ConnectError("gone", Code.Unavailable));
  const uploads = await begunWith(archive, [fileOf(10)]);
  await vi.waitFor(() => expect(statesOf(uploads)).toEqual(["held"]));
  const putBack = uploads.remove(uploads.snapshot()[0]?.id ?? "");
  expect(uploads.snapshot()).toEqual([]);
  putBack();
  await vi.waitFor(() => expect(statesOf(uploads)).toEqual(["sent"]));
});

function keptOf(change: Partial<KeptUpload>): KeptUpload {
  return { id: "0123456789abcdef", user: "anna", name: "scan.pdf", size: 1_000, modified: 5, given: NOTHING_GIVEN, addedAt: Date.now(), isPaused: false, bytes: fileOf(1_000), ...change };
}
