/** Light or dark: as the system says, unless the reader chose. */

import { useSyncExternalStore } from "react";

import { keep, recall } from "@/kept";

export type Theme = "system" | "light" | "dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const listeners = new Set<() => void>();

export function chosenTheme(): Theme {
  return THEMES.find((theme) => theme === recall("theme")) ?? "system";
}

export function chooseTheme(theme: Theme): void {
  keep("theme", theme);
  showTheme();
  for (const tell of listeners) tell();
}

/** Lets the chosen theme be seen. */
export function showTheme(): void {
  document.documentElement.dataset["theme"] = chosenTheme();
}

export function useTheme(): Theme {
  return useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), chosenTheme);
}
