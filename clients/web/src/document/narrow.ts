import { useSyncExternalStore } from "react";

// As in the style sheets of the shell.
const NARROW = matchMedia("(max-width: 60rem)");

/** Tells whether there is room for one thing beside another. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (tell) => {
      NARROW.addEventListener("change", tell);
      return () => NARROW.removeEventListener("change", tell);
    },
    () => NARROW.matches,
  );
}
