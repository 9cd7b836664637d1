/** Which language the pages speak, and its words: chosen while they are shown, so that nothing typed is lost. */

import { useSyncExternalStore } from "react";

import { keep } from "@/kept";
import type { Words } from "@/words/en";
import { readersLanguage, readWords, type Language } from "@/words/words";

export interface Speech {
  readonly language: Language;
  /** "de-AT" writes dates and money as in Austria, in German words. */
  readonly locale: string;
  readonly words: Words;
}

let speech: Speech | undefined;
const listeners = new Set<() => void>();

/** Reads the words of the reader's language; before any page is shown. */
export async function learnToSpeak(): Promise<void> {
  await speak(readersLanguage());
}

/** Goes on in another language, and keeps that choice. */
export async function chooseLanguage(language: Language): Promise<void> {
  keep("language", language);
  await speak(language);
}

export function useSpeech(): Speech {
  const told = useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => speech);
  if (!told) throw new Error("a page was shown before its words were read");
  return told;
}

/** Gives the first of the browser's languages that is a kind of this one. */
export function localeOf(language: Language, browsers: readonly string[]): string {
  return browsers.find((tag) => tag.startsWith(language)) ?? language;
}

async function speak(language: Language): Promise<void> {
  speech = { language, locale: localeOf(language, navigator.languages), words: await readWords(language) };
  document.documentElement.lang = language;
  for (const tell of listeners) tell();
}
