/** Where files wait that are not sent yet, so that a page that is loaded anew goes on with them: in this browser alone, until they are sent. */

import type { Given } from "@/adding/uploads/queue";

export interface KeptUpload {
  readonly id: string;
  /** Nobody else's session sends it. */
  readonly user: string;
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly given: Given;
  readonly addedAt: number;
  readonly isPaused: boolean;
  /** Null where the browser had no room: the same file is then asked for. */
  readonly bytes: Blob | null;
}

export interface Shelf {
  all(): Promise<readonly KeptUpload[]>;
  /** Tells whether it is kept with its bytes. */
  put(upload: KeptUpload): Promise<boolean>;
  remove(id: string): Promise<void>;
}

const DATABASE = "scriba.uploads";
const TABLE = "uploads";

/** Keeps in the browser's database. Where there is none, or it is full, less is kept, and nothing fails. */
export class BrowserShelf implements Shelf {
  readonly #opened: Promise<IDBDatabase | null> = open();

  async all(): Promise<readonly KeptUpload[]> {
    const found = await this.#do("readonly", (table) => table.getAll() as IDBRequest<KeptUpload[]>).catch(() => null);
    return (found ?? []).toSorted((one, other) => one.addedAt - other.addedAt);
  }

  async put(upload: KeptUpload): Promise<boolean> {
    const isPut = await this.#put(upload);
    if (isPut || upload.bytes === null) return isPut && upload.bytes !== null;
    await this.#put({ ...upload, bytes: null });
    return false;
  }

  async remove(id: string): Promise<void> {
    await this.#do("readwrite", (table) => table.delete(id)).catch(() => undefined);
  }

  #put(upload: KeptUpload): Promise<boolean> {
    return this.#do("readwrite", (table) => table.put(upload)).then((key) => key !== null, () => false);
  }

  /** Gives null where there is no database. */
  async #do<Answer>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest<Answer>): Promise<Answer | null> {
    const database = await this.#opened;
    if (!database) return null;
    return new Promise((done, fail) => {
      const transaction = database.transaction(TABLE, mode);
      const request = act(transaction.objectStore(TABLE));
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = () => fail(transaction.error ?? new Error("the browser kept nothing"));
    });
  }
}

/** Forgets with the page. */
export class MemoryShelf implements Shelf {
  readonly #kept = new Map<string, KeptUpload>();

  all(): Promise<readonly KeptUpload[]> {
    return Promise.resolve([...this.#kept.values()]);
  }

  put(upload: KeptUpload): Promise<boolean> {
    this.#kept.set(upload.id, upload);
    return Promise.resolve(upload.bytes !== null);
  }

  remove(id: string): Promise<void> {
    this.#kept.delete(id);
    return Promise.resolve();
  }
}

function open(): Promise<IDBDatabase | null> {
  return new Promise((done) => {
    if (typeof indexedDB === "undefined") {
      done(null);
      return;
    }
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: "id" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => done(null); // private windows of some browsers refuse
  });
}
