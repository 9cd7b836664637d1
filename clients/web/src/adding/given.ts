/** Files that somebody gave, until the code is there that sends them. */

import { useSyncExternalStore } from "react";

let given: readonly File[] = [];
const listeners = new Set<() => void>();

export function give(files: readonly File[]): void {
  change([...given, ...files]);
}

/** Hands all that waits, and all that comes, to whoever sends it. */
export function receiveGiven(take: (files: readonly File[]) => void): () => void {
  const hand = () => {
    const taken = given;
    if (taken.length === 0) return;
    change([]);
    take(taken);
  };
  listeners.add(hand);
  hand();
  return () => listeners.delete(hand);
}

/** Tells whether any file waits. */
export function useIsGiven(): boolean {
  return useSyncExternalStore(
    (tell) => (listeners.add(tell), () => listeners.delete(tell)),
    () => given.length > 0,
  );
}

function change(next: readonly File[]): void {
  given = next;
  for (const tell of listeners) tell();
}
