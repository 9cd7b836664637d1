/** Code and words that come when they are wanted, however often they must be asked for. */

import { lookForRenewal } from "@/delivery/renewal";

const AGAIN_MILLISECONDS = 3000;

let coming = 0;
const listeners = new Set<() => void>();
const failedStyles = new Set<HTMLLinkElement>();

// Asked for afterwards, browsers show an empty style sheet for one that did not come.
document.addEventListener("error", ({ target }) => target instanceof HTMLLinkElement && target.rel === "stylesheet" && failedStyles.add(target), true);

/** Tells whether anything is on its way. */
export function isAnythingComing(): boolean {
  return coming > 0;
}

/** Calls `listener` when something sets out or arrives. Returns how to stop that. */
export function onComing(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Reads until it is there: a page that loses its network for a while shall not break for a part that it does not have yet.
 * What is gone for good, since the archive was renewed, is told by `look`.
 */
export async function insistently<Read>(read: () => Promise<Read>, look: () => Promise<void> = lookForRenewal, pause: () => Promise<void> = aWhile): Promise<Read> {
  count(1);
  try {
    for (;;) {
      try {
        if (failedStyles.size > 0) await fetchStylesAgain();
        return await read();
      } catch {
        await look();
        await pause();
      }
    }
  } finally {
    count(-1);
  }
}

/** Fetches style sheets again that did not come: the bundler's loader asks for each once, and takes it for read from then on. */
async function fetchStylesAgain(): Promise<void> {
  const missing = [...failedStyles].filter(({ isConnected }) => isConnected);
  failedStyles.clear();
  await Promise.all(
    missing.map((link) => {
      const again = link.cloneNode() as HTMLLinkElement;
      const settled = new Promise((settle) => ["load", "error"].forEach((event) => again.addEventListener(event, settle)));
      link.replaceWith(again);
      return settled;
    }),
  );
}

async function aWhile(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLISECONDS));
}

function count(change: 1 | -1): void {
  coming += change;
  for (const tell of listeners) tell();
}
