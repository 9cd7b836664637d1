import { createIntl } from "react-intl";
import { expect, test } from "vitest";

import { FORMS, saidProblem } from "@/parts/problems";
import german from "@/words/de/reasons.json";
import english from "@/words/en/reasons.json";

function speaking(locale: string, messages: Record<string, string>) {
  const intl = createIntl({ locale, messages });
  return (id: string, values?: Record<string, string | number>) => intl.formatMessage({ id }, values);
}
const inGerman = speaking("de", german);
const inEnglish = speaking("en", english);

test("sentences of the server are said in the reader's language, and one within another, too", () => {
  expect(saidProblem("The file is empty: it has 0 bytes.", inGerman)).toBe("Die Datei ist leer: Sie hat 0 Byte.");
  expect(saidProblem("none of its pages could be read: reading took longer than 30 s", inGerman)).toBe("Keine der Seiten war zu lesen: Das Lesen dauerte länger als 30 s");
  expect(saidProblem("the image is damaged and may lack parts: image file is truncated (on 3 pages)", inGerman)).toBe(
    "Das Bild ist beschädigt, Teile davon fehlen vielleicht: „image file is truncated“ (auf 3 Seiten)",
  );
  expect(saidProblem("it seems to be the same paper as document 7, 'Bill's': 98 % of the text is in both, and both are kept", inEnglish)).toBe(
    "it seems to be the same paper as document 7, 'Bill's': 98 % of the text is in both, and both are kept",
  );
});

test("what nobody has foreseen stands as it came", () => {
  expect(saidProblem("tesseract failed: {odd} <words>", inGerman)).toBe("tesseract failed: {odd} <words>");
});

test("each form says all that is told in both languages", () => {
  for (const [, id, names] of FORMS) {
    const values = Object.fromEntries(names.map((name) => [name, `the ${name}`]));
    for (const say of [inEnglish, inGerman]) {
      const said = say(id, values);
      expect(Object.values(values).filter((value) => !said.includes(value))).toEqual([]);
    }
  }
});
