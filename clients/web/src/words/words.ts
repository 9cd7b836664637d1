/** The texts of all pages: one file of ICU messages for each language and room, English being the measure of what there is. */

import { useIntl, type PrimitiveType } from "react-intl";

import { recall } from "@/kept";
import type { Words } from "@/words/en";

export type WordId = keyof Words;
export type Language = "en" | "de";
export const LANGUAGES: readonly Language[] = ["en", "de"];

type Values = Record<string, PrimitiveType | Date>;

/** Gives a function that says a text in the reader's language. */
export function useWords(): (id: WordId, values?: Values) => string {
  const intl = useIntl();
  return (id, values) => intl.formatMessage({ id }, values);
}

/** What the reader chose, else the first of the browser's languages that we speak. */
export function readersLanguage(): Language {
  const wanted = [recall("language") ?? "", ...navigator.languages];
  return wanted.map((tag) => tag.slice(0, 2)).find(isSpoken) ?? "en";
}

/** Reads those of the first pages. */
export async function readFirstWords(language: Language): Promise<Partial<Words>> {
  return language === "de" ? (await import("@/words/de/first")).default : (await import("@/words/en/first")).default;
}

export async function readAllWords(language: Language): Promise<Words> {
  return language === "de" ? (await import("@/words/de")).default : (await import("@/words/en")).default;
}

function isSpoken(tag: string): tag is Language {
  return (LANGUAGES as readonly string[]).includes(tag);
}
