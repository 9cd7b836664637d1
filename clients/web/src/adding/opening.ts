/** Whether the dialog is open by which documents are added: any page may open it. */

import { useSyncExternalStore } from "react";

let isOpen = false;
const listeners = new Set<() => void>();

export function openAdding(): void {
  change(true);
}

export function closeAdding(): void {
  change(false);
}

export function useAddingIsOpen(): boolean {
  return useSyncExternalStore(
    (tell) => (listeners.add(tell), () => listeners.delete(tell)),
    () => isOpen,
  );
}

function change(next: boolean): void {
  isOpen = next;
  for (const tell of listeners) tell();
}
