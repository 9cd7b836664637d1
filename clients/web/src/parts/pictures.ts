/** Small pictures by their keys: read when somebody looks, a few at once, and let go when so many newer ones have been seen. */

/** The address of a picture, null where there is none, undefined while nobody knows. */
export type Picture = string | null | undefined;

type Read = (signal: AbortSignal) => Promise<Blob | null>;

interface Entry {
  picture: Picture;
  readonly listeners: Set<() => void>;
  readonly read: Read;
  stop: AbortController | null;
}

export class Pictures {
  readonly #entries = new Map<string, Entry>();
  readonly #capacity: number;
  readonly #atOnce: number;
  #reading = 0;

  constructor(capacity: number, atOnce: number) {
    this.#capacity = capacity;
    this.#atOnce = atOnce;
  }

  get(key: string): Picture {
    return this.#entries.get(key)?.picture;
  }

  /** Tells `listener` when the picture is there. What nobody waits for any more is not read on. */
  watch(key: string, read: Read, listener: () => void): () => void {
    const known = this.#entries.get(key);
    const entry = known ?? { picture: undefined, listeners: new Set(), read, stop: null };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.listeners.add(listener);
    this.#drop();
    this.#go();
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size === 0 && entry.picture === undefined) {
        entry.stop?.abort();
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      }
    };
  }

  /** Starts as many as may be read at once, those first that were asked for last: they are what is looked at. */
  #go(): void {
    const waiting = [...this.#entries.values()].filter((entry) => entry.picture === undefined && !entry.stop);
    while (this.#reading < this.#atOnce) {
      const entry = waiting.pop();
      if (!entry) return;
      void this.#read(entry);
    }
  }

  async #read(entry: Entry): Promise<void> {
    const stop = new AbortController();
    entry.stop = stop;
    this.#reading += 1;
    const blob = await entry.read(stop.signal).catch(() => null);
    this.#reading -= 1;
    if (!stop.signal.aborted) {
      entry.picture = blob && URL.createObjectURL(blob);
      for (const tell of entry.listeners) tell();
    }
    this.#go();
  }

  #drop(): void {
    let over = this.#entries.size - this.#capacity;
    for (const [key, entry] of this.#entries) {
      if (over <= 0) return;
      if (entry.listeners.size > 0) continue;
      if (entry.picture) URL.revokeObjectURL(entry.picture);
      this.#entries.delete(key);
      over -= 1;
    }
  }
}
