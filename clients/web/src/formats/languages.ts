// Packs of the OCR engine that are no ISO 639-2 code: what browsers know the language by.
const PACKS: Readonly<Record<string, string>> = { chi_sim: "zh-Hans", chi_tra: "zh-Hant", deu_latf: "de-Latf", frk: "de-Latf", aze_cyrl: "az-Cyrl", uzb_cyrl: "uz-Cyrl", srp_latn: "sr-Latn" };

/** Gives the name of a language pack as readers of `locale` know it; its code where nobody knows it. */
export function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(PACKS[code.toLowerCase()] ?? code) ?? code;
  } catch {
    return code; // no well-formed language tag
  }
}
