import { PDFDataRangeTransport } from "pdfjs-dist/legacy/build/pdf.mjs";

import { mayPass, pause, readRange, type Files, type Piece, type Wanted } from "@/document/files";

// A browser opens six connections to a server without TLS; others than this file wait for answers, too.
const AT_ONCE = 3;
const TRIES = 4;
const FIRST_PAUSE_MILLISECONDS = 400;

type Range = readonly [begin: number, end: number];

/** Brings the pieces of a file that the viewer asks for, so that the first page of a large one is there at once. */
export class FileRanges extends PDFDataRangeTransport {
  readonly #files: Files;
  readonly #wanted: Wanted;
  readonly #tell: (problem: unknown) => void;
  readonly #ending = new AbortController();
  readonly #waiting: Range[] = [];
  #open = 0;

  /** `tell` hears of a piece that did not come, null once all goes on. */
  constructor(files: Files, wanted: Wanted, start: Piece, tell: (problem: unknown) => void) {
    super(Number(start.info.sizeBytes), start.bytes);
    this.#files = files;
    this.#wanted = wanted;
    this.#tell = tell;
  }

  override requestDataRange(begin: number, end: number): void {
    this.#waiting.push([begin, end]);
    this.#goOn();
  }

  /** Asks again for what did not come. */
  again(): void {
    this.#tell(null);
    this.#goOn();
  }

  override abort(): void {
    this.#ending.abort();
  }

  #goOn(): void {
    while (this.#open < AT_ONCE) {
      // Of the page that came into sight last: those that one scrolled past can wait.
      const range = this.#waiting.pop();
      if (!range) return;
      this.#open += 1;
      void this.#bring(range);
    }
  }

  async #bring(range: Range): Promise<void> {
    const { signal } = this.#ending;
    try {
      this.onDataRange(range[0], await this.#read(range, signal));
      this.#open -= 1;
      this.#goOn();
    } catch (error) {
      this.#open -= 1;
      if (signal.aborted) return;
      this.#waiting.push(range);
      this.#tell(error);
    }
  }

  async #read([begin, end]: Range, signal: AbortSignal): Promise<Uint8Array> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await readRange(this.#files, this.#wanted, begin, end, signal);
      } catch (error) {
        if (signal.aborted || failures >= TRIES || !mayPass(error)) throw error;
        await pause(FIRST_PAUSE_MILLISECONDS * 2 ** failures, signal);
      }
    }
  }
}
