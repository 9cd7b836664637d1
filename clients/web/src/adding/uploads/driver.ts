/** Sends the files of the queue, part by part. */

import { Code, ConnectError, createClient, type Client, type Transport } from "@connectrpc/connect";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";

import { hold } from "@/adding/uploads/locks";
import { FileGone, outcomeOf } from "@/adding/uploads/outcomes";
import { fewerBytes, FIRST_BYTES, nextBytes } from "@/adding/uploads/pace";
import { after, begun, changed, type Given, isSameFile, isUnfinished, nextLook, type Queue, startable, taken, type Upload } from "@/adding/uploads/queue";
import type { KeptUpload, Shelf } from "@/adding/uploads/shelf";
import { digestOf } from "@/adding/uploads/summing";
import { newRequestId } from "@/transport/requestId";

// The server keeps the parts of an upload for a week.
const KEPT_MILLISECONDS = 7 * 86_400_000;
const KEPT_BYTES = 1_000_000_000;
// The server ends a call after a minute.
const CALL_MILLISECONDS = 55_000;
// Long enough to see what became of a file whose job nobody here may watch.
const STAYS_MILLISECONDS = 30_000;

export class Uploads {
  readonly #client: Client<typeof DocumentService>;
  readonly #shelf: Shelf;
  readonly #user: string;
  readonly #now: () => number;
  readonly #files = new Map<string, Blob>();
  readonly #sending = new Map<string, AbortController>();
  readonly #letGo = new Map<string, () => void>();
  /** Uploads of which the server may have some bytes. */
  readonly #begun = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #queue: Queue = [];
  #isStopped = true;
  #bytes = FIRST_BYTES;
  #look: ReturnType<typeof setTimeout> | undefined;

  constructor(transport: Transport, shelf: Shelf, user: string, now: () => number = () => Date.now()) {
    this.#client = createClient(DocumentService, transport);
    this.#shelf = shelf;
    this.#user = user;
    this.#now = now;
  }

  readonly subscribe = (listener: () => void): (() => void) => (this.#listeners.add(listener), () => this.#listeners.delete(listener));

  readonly snapshot = (): Queue => this.#queue;

  /** Sends what waits, and what an earlier page of this user left; another's is forgotten. */
  async start(): Promise<void> {
    this.#isStopped = false;
    const kept = await this.#shelf.all();
    for (const upload of kept) await this.#adopt(upload);
    this.#pump();
  }

  /** Leaves all as it is, for who is signed in no more. */
  stop(): void {
    this.#isStopped = true;
    for (const sending of this.#sending.values()) sending.abort();
    this.#queue = this.#queue.map((upload) => (upload.state === "sending" ? { ...upload, state: "waiting" } : upload));
    clearTimeout(this.#look);
  }

  /** Adds files; one that was waited for goes on where it stood, and one that is on its way already is not added again. */
  async add(files: readonly File[], given: Given, mostBytes = Infinity): Promise<void> {
    const added: Upload[] = [];
    for (const file of files) {
      const told = { name: file.name, size: file.size, modified: file.lastModified, given };
      const same = this.#queue.find((upload) => isUnfinished(upload) && isSameFile(upload, told));
      const upload = same ?? taken(begun({ ...told, id: newRequestId() }), mostBytes);
      this.#files.set(upload.id, file);
      if (!same) added.push(upload);
      else if (same.state === "missing") this.#set(same.id, { state: "waiting", trouble: null });
    }
    this.#change([...this.#queue, ...added]);
    this.#pump();
    for (const upload of added.filter(isUnfinished)) await this.#keep(upload);
  }

  /** Goes on with an upload whose file was chosen again; tells whether it is that file. */
  find(id: string, file: File): boolean {
    const upload = this.#find(id);
    if (upload?.state !== "missing" || !isSameFile(upload, { name: file.name, size: file.size, modified: file.lastModified })) return false;
    this.#files.set(id, file);
    this.#set(id, { state: "waiting", trouble: null });
    this.#pump();
    return true;
  }

  pause(...ids: readonly string[]): void {
    for (const id of ids) {
      const upload = this.#find(id);
      if (!upload || !["waiting", "sending", "held"].includes(upload.state)) continue;
      this.#set(id, { state: "paused", trouble: null });
      this.#sending.get(id)?.abort();
      void this.#write({ ...upload, state: "paused" });
    }
    this.#pump();
  }

  resume(...ids: readonly string[]): void {
    for (const id of ids) {
      const upload = this.#find(id);
      if (upload?.state === "paused") void this.#write({ ...upload, state: "waiting" });
      if (upload?.state === "paused" || upload?.state === "held") this.#set(id, { state: "waiting", failures: 0, trouble: null });
    }
    this.#pump();
  }

  /** Sends a refused file once more, as a new upload. */
  retry(id: string): void {
    const upload = this.#find(id);
    const file = this.#files.get(id);
    if (upload?.state !== "refused" || !file) return;
    this.#drop(id);
    const again = begun({ ...upload, id: newRequestId() });
    this.#files.set(again.id, file);
    this.#change([...this.#queue, again]);
    this.#pump();
    void this.#keep(again);
  }

  /** Takes a file out, and gives what puts it back. */
  remove(id: string): () => void {
    const upload = this.#find(id);
    const file = this.#files.get(id);
    this.#drop(id);
    this.#pump();
    return () => {
      if (!upload || !file) return;
      this.#files.set(id, file);
      this.#change([...this.#queue, { ...upload, state: "waiting" }]);
      this.#pump();
      void this.#keep(upload);
    };
  }

  /** Tries at once what waits for the network. */
  readonly hurry = (): void => this.resume(...this.#queue.filter(({ state }) => state === "held").map(({ id }) => id));

  async #adopt(kept: KeptUpload): Promise<void> {
    if (kept.user !== this.#user || this.#now() - kept.addedAt > KEPT_MILLISECONDS) return this.#shelf.remove(kept.id);
    if (this.#find(kept.id)) return;
    const letGo = await hold(kept.id);
    if (!letGo) return; // another window of this browser sends it
    this.#letGo.set(kept.id, letGo);
    this.#begun.add(kept.id);
    if (kept.bytes) this.#files.set(kept.id, kept.bytes);
    const state = kept.bytes === null ? "missing" : kept.isPaused ? "paused" : "waiting";
    this.#change([...this.#queue, { ...begun(kept), state, isKept: kept.bytes !== null }]);
  }

  async #keep(upload: Upload): Promise<void> {
    const letGo = await hold(upload.id);
    if (letGo) this.#letGo.set(upload.id, letGo);
    const isKept = await this.#write(upload);
    const now = this.#find(upload.id);
    if (now && isUnfinished(now)) this.#set(upload.id, { isKept });
    else this.#forget(upload.id); // it was sent, or taken out, while it was being kept
  }

  #write(upload: Upload): Promise<boolean> {
    const { id, name, size, modified, given, state } = upload;
    const total = this.#queue.reduce((sum, other) => sum + (other.isKept && other.id !== id ? other.size : 0), 0);
    const bytes = total + size <= KEPT_BYTES ? (this.#files.get(id) ?? null) : null;
    return this.#shelf.put({ id, user: this.#user, name, size, modified, given, addedAt: this.#now(), isPaused: state === "paused", bytes });
  }

  #pump(): void {
    clearTimeout(this.#look);
    if (this.#isStopped) return;
    for (const id of startable(this.#queue, this.#now())) void this.#send(id);
    const next = nextLook(this.#queue);
    if (next !== undefined) this.#look = setTimeout(() => this.#pump(), Math.max(next - this.#now(), 0));
  }

  async #send(id: string): Promise<void> {
    const sending = new AbortController();
    this.#sending.set(id, sending);
    this.#set(id, { state: "sending" });
    try {
      await this.#sendParts(id, sending.signal);
    } catch (error) {
      const upload = this.#find(id);
      if (sending.signal.aborted || !upload) return;
      if ([Code.DeadlineExceeded, Code.Unknown, Code.Unavailable].includes(ConnectError.from(error).code)) this.#bytes = fewerBytes(this.#bytes);
      const next = after(upload, outcomeOf(error), this.#now());
      this.#set(id, next);
      if (next.state === "refused") void this.#shelf.remove(id);
    } finally {
      if (this.#sending.get(id) === sending) this.#sending.delete(id);
      this.#pump();
    }
  }

  async #sendParts(id: string, signal: AbortSignal): Promise<void> {
    const upload = this.#find(id);
    const file = this.#files.get(id);
    if (!upload || !file) throw new FileGone();
    const sha256 = await digestOf(file);
    const { tags, correspondent } = upload.given;
    const start = { requestId: id, filename: upload.name, sizeBytes: BigInt(upload.size), sha256, tags: [...tags], correspondent };
    let received = await this.#standing(upload, signal);
    for (;;) {
      const chunk = await bytesOf(file, received, this.#bytes);
      const begunAt = performance.now();
      const answer = await this.#client.writeUpload({ start: { ...start, offset: BigInt(received) }, chunk }, { signal, timeoutMs: CALL_MILLISECONDS });
      if (signal.aborted) return;
      if (answer.upload) {
        const { document, jobId, duplicate: isDuplicate } = answer.upload;
        this.#finish(id, { documentId: document?.id ?? "", jobId, isDuplicate });
        return;
      }
      received = Number(answer.receivedBytes);
      this.#set(id, { received, failures: 0, trouble: null });
      if (chunk.length === this.#bytes) this.#bytes = nextBytes(this.#bytes, performance.now() - begunAt);
    }
  }

  /** Asks how much has arrived of an upload that began before. */
  async #standing(upload: Upload, signal: AbortSignal): Promise<number> {
    if (!this.#begun.has(upload.id)) {
      this.#begun.add(upload.id);
      return 0;
    }
    try {
      const { receivedBytes } = await this.#client.getUpload({ requestId: upload.id }, { signal });
      this.#set(upload.id, { received: Number(receivedBytes) });
      return Number(receivedBytes);
    } catch (error) {
      if (ConnectError.from(error).code === Code.NotFound) return 0;
      throw error;
    }
  }

  #finish(id: string, sent: Upload["sent"]): void {
    this.#set(id, { state: "sent", received: this.#find(id)?.size ?? 0, trouble: null, sent });
    this.#forget(id);
    setTimeout(() => this.#drop(id), STAYS_MILLISECONDS);
  }

  #drop(id: string): void {
    this.#sending.get(id)?.abort();
    this.#forget(id);
    this.#change(this.#queue.filter((upload) => upload.id !== id));
  }

  #forget(id: string): void {
    this.#files.delete(id);
    this.#letGo.get(id)?.();
    this.#letGo.delete(id);
    void this.#shelf.remove(id);
  }

  #find(id: string): Upload | undefined {
    return this.#queue.find((upload) => upload.id === id);
  }

  #set(id: string, change: Partial<Upload>): void {
    this.#change(changed(this.#queue, id, change));
  }

  #change(queue: Queue): void {
    this.#queue = queue;
    for (const tell of this.#listeners) tell();
  }
}

async function bytesOf(file: Blob, from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(from, from + length).arrayBuffer());
  } catch {
    throw new FileGone();
  }
}
