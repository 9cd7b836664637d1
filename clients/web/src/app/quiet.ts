/** When a page is in use and nothing is on its way any more. */

import { useIsFetching } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";

const QUIET_MILLISECONDS = 1000;

/** Tells, from then on, that the page has once been quiet for a while. */
export function useHasBeenQuiet(): boolean {
  const isFetching = useIsFetching() > 0;
  const isOnTheWay = useRouterState({ select: ({ status }) => status === "pending" });
  const [hasBeen, setHasBeen] = useState(false);
  useEffect(() => {
    if (hasBeen || isFetching || isOnTheWay) return;
    const timer = setTimeout(() => setHasBeen(true), QUIET_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [hasBeen, isFetching, isOnTheWay]);
  return hasBeen;
}
