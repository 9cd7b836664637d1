/** Short notices at the foot of the page: what was done, with a way to undo it, and what did not work. */

import { useSyncExternalStore } from "react";

import { later } from "@/parts/later";

export interface Notice {
  readonly text: string;
  readonly isWrong: boolean;
  readonly undo: (() => void) | undefined;
}

// Long enough to read a line, notice the mistake and reach the button.
const STANDS_MILLISECONDS = 10_000;
const NoticeRegion = later(async () => (await readRegion()).NoticeRegion);

let hasTold = false;
const listeners = new Set<() => void>();

/** Tells what was done. With `undo` there is a button for it. */
export function notify(text: string, undo?: () => void): void {
  void tell({ text, isWrong: false, undo }, { timeout: STANDS_MILLISECONDS });
}

/** Tells what did not work; it stands until it is closed. */
export function notifyWrong(text: string): void {
  void tell({ text, isWrong: true, undo: undefined });
}

export function Notices() {
  const isWanted = useSyncExternalStore(
    (listen) => (listeners.add(listen), () => listeners.delete(listen)),
    () => hasTold,
  );
  return isWanted ? <NoticeRegion /> : null;
}

async function tell(notice: Notice, options?: { readonly timeout: number }): Promise<void> {
  hasTold = true;
  for (const listen of listeners) listen();
  (await readRegion()).queue.add(notice, options);
}

async function readRegion() {
  return import("@/parts/NoticeRegion");
}
