/** When a page is in use and nothing is on its way any more. */

import { useIsFetching } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { useEffect, useState, useSyncExternalStore } from "react";

import { isAnythingComing, onComing } from "@/delivery/coming";

const QUIET_MILLISECONDS = 1000;
/** The browser's mark of that moment: what was fetched before it is what the page needs, all else is read ahead. */
const QUIET_MARK = "scriba.quiet";

let hasBeenQuiet = false;

/** Tells, from then on, that the page has once been quiet for a while. */
export function useHasBeenQuiet(): boolean {
  const isFetching = useIsFetching() > 0;
  const isOnTheWay = useRouterState({ select: ({ status }) => status === "pending" });
  const isComing = useSyncExternalStore(onComing, isAnythingComing);
  const [hasBeen, setHasBeen] = useState(hasBeenQuiet);
  useEffect(() => {
    if (hasBeen || isFetching || isOnTheWay || isComing) return;
    const timer = setTimeout(() => {
      performance.mark(QUIET_MARK);
      hasBeenQuiet = true;
      setHasBeen(true);
    }, QUIET_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [hasBeen, isFetching, isOnTheWay, isComing]);
  return hasBeen;
}
