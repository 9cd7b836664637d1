/** Which language the pages speak, and its words: chosen while they are shown, so that nothing typed is lost. */

import { useSyncExternalStore } from "react";

import { insistently } from "@/delivery/coming";
import { keep } from "@/kept";
import type { Words } from "@/words/en";
import { readAllWords, readersLanguage, readFirstWords, type Language } from "@/words/words";

export interface Speech {
  readonly language: Language;
  /** "de-AT" writes dates and money as in Austria, in German words. */
  readonly locale: string;
  /** Of the first pages at first, then of all. */
  readonly words: Partial<Words>;
}

let speech: Speech | undefined;
let knowsAll = false;
const listeners = new Set<() => void>();

/** Reads the words of the first pages in the reader's language; before any page is shown. */
export async function learnToSpeak(): Promise<void> {
  await speak(readersLanguage(), readFirstWords);
}

/** Reads the words of all pages, for what is none of the first. */
export async function learnAllWords(): Promise<void> {
  if (knowsAll) return;
  await speak(speech?.language ?? readersLanguage(), readAllWords);
  knowsAll = true;
}

/** Reads a room's code, and with it the words that are not among the first. */
export async function withAllWords<Room>(room: Promise<Room>): Promise<Room> {
  const [read] = await Promise.all([room, learnAllWords()]);
  return read;
}

/** Goes on in another language, and keeps that choice. */
export async function chooseLanguage(language: Language): Promise<void> {
  keep("language", language);
  await speak(language, readAllWords);
  knowsAll = true;
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

async function speak(language: Language, read: (language: Language) => Promise<Partial<Words>>): Promise<void> {
  speech = { language, locale: localeOf(language, navigator.languages), words: await insistently(() => read(language)) };
  document.documentElement.lang = language;
  for (const tell of listeners) tell();
}
