/** Whether the archive was renewed since this page was loaded: the parts that the page does not have yet are then gone. */

import { useRouterState } from "@tanstack/react-router";
import { useEffect, useSyncExternalStore } from "react";

import { isHeld } from "@/delivery/held";
import { readOwnPage } from "@/transport/ownPage";

const LOADED_ANEW = "scriba.loaded_anew";

let isRenewed = false;
const listeners = new Set<() => void>();

/** Tells by the page that is served now whether it is another than the one that `script` began. What is none of ours, such as a network's own page of signing in, tells nothing. */
export function isAnother(page: string, script: string): boolean {
  return page.includes('<div id="app">') && !page.includes(`"${script}"`);
}

/** Looks whether another page is served by now. */
export async function lookForRenewal(readPage: () => Promise<string> = readOwnPage, script = ownScript()): Promise<void> {
  const page = await readPage().catch(() => ""); // not reached: the next failure looks again
  if (isRenewed || !isAnother(page, script)) return;
  isRenewed = true;
  for (const tell of listeners) tell();
}

export function useIsRenewed(): boolean {
  return useSyncExternalStore(
    (tell) => (listeners.add(tell), () => listeners.delete(tell)),
    () => isRenewed,
  );
}

/** Loads the page anew on the way to another one, where nothing is lost by it. */
export function useLoadingAnew(): void {
  const isLeaving = useRouterState({
    select: ({ status, location, resolvedLocation }) => status === "pending" && location.pathname !== resolvedLocation?.pathname,
  });
  const isWanted = useIsRenewed() && isLeaving;
  useEffect(() => {
    if (isWanted && !isHeld() && isFirstTime(ownScript())) loadAnew();
  }, [isWanted]);
}

export function loadAnew(): void {
  globalThis.location.reload();
}

function ownScript(): string {
  return document.querySelector("script[type=module]")?.getAttribute("src") ?? "";
}

/** Some cache on the way may give the old page again: then somebody has to decide. */
function isFirstTime(script: string): boolean {
  try {
    if (sessionStorage.getItem(LOADED_ANEW) === script) return false;
    sessionStorage.setItem(LOADED_ANEW, script);
    return true;
  } catch {
    return false; // private windows of some browsers refuse
  }
}
