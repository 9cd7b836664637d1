/** What would be lost if the page were left now. */

import { useEffect } from "react";

const holders = new Set<object>();

/** Tells whether something is open or on its way that only this page knows. */
export function isHeld(): boolean {
  return holders.size > 0 || document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}

/** Warns before the page is left while `loses` something. */
export function useWarningBeforeLoss(loses: boolean): void {
  useEffect(() => {
    if (!loses) return;
    const holder = {};
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    holders.add(holder);
    window.addEventListener("beforeunload", warn);
    return () => {
      holders.delete(holder);
      window.removeEventListener("beforeunload", warn);
    };
  }, [loses]);
}
