import { expect, test } from "vitest";

import { languageName } from "@/formats/languages";

test("packs are named as readers name the language", () => {
  expect([languageName("deu", "en"), languageName("eng", "de"), languageName("chi_sim", "en")]).toEqual(["German", "Englisch", "Simplified Chinese"]);
});

test("a pack that is no language keeps its code", () => {
  expect(languageName("my_own_pack", "en")).toBe("my_own_pack");
});
