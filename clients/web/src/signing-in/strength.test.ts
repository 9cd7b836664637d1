import { expect, test } from "vitest";

import { strengthOf, weaknessOf } from "@/signing-in/strength";

test("what the server would refuse is told before", () => {
  expect(weaknessOf("too short", "ada")).toBe("short");
  expect(weaknessOf("x".repeat(257), "ada")).toBe("long");
  expect(weaknessOf("abcabcabcabc", "ada")).toBe("alike");
  expect(weaknessOf("Ada.Lovelace", "ada.lovelace")).toBe("name");
  expect(weaknessOf("ecalevol.ada", "ada.lovelace")).toBe("name");
  expect(weaknessOf("ten letters", "ada")).toBeUndefined();
});

test("letters are counted as people count them", () => {
  expect(weaknessOf("🐋🐙🦀🐬🐳🦑🐡🐠🐟", "ada")).toBe("short");
  expect(weaknessOf("🐋🐙🦀🐬🐳🦑🐡🐠🐟🦐", "ada")).toBeUndefined();
});

test("longer is stronger, and rows and repetitions are not", () => {
  expect(strengthOf("blue heron")).toBe("fair");
  expect(strengthOf("blue heron wades")).toBe("good");
  expect(strengthOf("blue heron wades at seven")).toBe("strong");
  expect(strengthOf("abcdefghijklmnopqrstuvwxyz0123456789")).toBe("fair");
  expect(strengthOf("abababababababababababababab")).toBe("fair");
});
