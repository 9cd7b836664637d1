/** Notices that the session has ended, or has become somebody else's: by a refused call, in another tab, or while nobody looked. */

import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { sessionQuery } from "@/app/queries";
import { otherTabs } from "@/app/tabs";
import { readSession, type SignedIn } from "@/transport/session";
import { onSignedOut } from "@/transport/transport";

export type Turn = "stay" | "ask" | "leave" | "reload" | "enter";

/** Decides what the page does: `known` is who it is shown to, `told` who is signed in now, `wanted` whether somebody has signed out here. */
export function turnOf(known: SignedIn | null | undefined, told: SignedIn | null, wanted: boolean): Turn {
  if (!known) return told ? "enter" : "stay";
  if (told) return told.id === known.id ? "stay" : "reload";
  return wanted ? "leave" : "ask";
}

let isOver = false;
const listeners = new Set<() => void>();

/** Whether the session of who the page is shown to has ended; what stands on the page waits for his coming back. */
export function useIsSessionOver(): boolean {
  return useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => isOver);
}

export function watchSession(client: QueryClient): void {
  const look = (wanted: boolean) => void lookAgain(client, wanted);
  onSignedOut(() => !isOver && look(false));
  otherTabs().addEventListener("message", () => look(true));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look(false));
  // A page from the browser's memory, come to by "back": nobody has asked yet whom it is shown to.
  addEventListener("pageshow", (event) => event.persisted && look(true));
}

/** Asks who is signed in, and does what that asks for. */
export async function lookAgain(client: QueryClient, wanted: boolean): Promise<void> {
  const session = await readSession().catch(() => null);
  if (!session) return; // not reached: the next call tells
  const known = client.getQueryData(sessionQuery.queryKey)?.user;
  const turn = turnOf(known, session.user, wanted);
  if (turn === "enter") client.setQueryData(sessionQuery.queryKey, session);
  if (turn === "reload") globalThis.location.reload();
  if (turn === "leave") globalThis.location.replace(signInAddress());
  if (turn === "stay" && isOver) void client.invalidateQueries();
  tellOver(turn === "ask");
}

/** The way back to this very page by the page of signing in. */
export function signInAddress(): string {
  const { pathname, search, hash } = globalThis.location;
  return `/sign-in?${new URLSearchParams({ next: pathname + search + hash }).toString()}`;
}

function tellOver(over: boolean): void {
  if (over === isOver) return;
  isOver = over;
  for (const tell of listeners) tell();
}
