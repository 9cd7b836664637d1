import { create } from "@bufbuild/protobuf";
import { FieldKind, FieldSchema, type FieldValue } from "@sdk/scriba/v1/catalog_pb.js";
import { expect, test } from "vitest";

import { decimalFrom, textOf, valueFrom } from "@/document/panels/facts/values";

const field = (kind: FieldKind) => create(FieldSchema, { kind, name: "F", currency: "EUR" });
function read(kind: FieldKind, text: string, locale = "en"): FieldValue["value"] | string {
  const reading = valueFrom(field(kind), text, locale);
  return "value" in reading ? reading.value.value : reading.mistake;
}

test("a value that was written and read again is the same, in both ways of writing", () => {
  const written: readonly (readonly [FieldKind, string])[] = [
    [FieldKind.TEXT, "R-17"],
    [FieldKind.LONG_TEXT, "two\nlines"],
    [FieldKind.URL, "https://example.org/a?b"],
    [FieldKind.EMAIL, "a@example.org"],
    [FieldKind.DATE, "2024-02-29"],
    [FieldKind.DATE_TIME, "2024-02-29T12:30"],
    [FieldKind.INTEGER, "-17"],
    [FieldKind.CHOICE, "Home"],
  ];
  for (const locale of ["en", "de"]) {
    for (const [kind, text] of [...written, [FieldKind.NUMBER, locale === "de" ? "2,5" : "2.5"] as const]) {
      const reading = valueFrom(field(kind), text, locale);
      expect("value" in reading && textOf(reading.value, locale)).toBe(text);
    }
  }
});

test("nothing takes a value away, whatever the kind", () => {
  for (const kind of [FieldKind.TEXT, FieldKind.MONEY, FieldKind.DATE_TIME, FieldKind.INTEGER, FieldKind.URL]) expect(read(kind, "  ")).toEqual({ case: undefined });
});

test("money is read with its currency before, behind or as the field has it", () => {
  const money = (text: string, locale: string) => {
    const told = read(FieldKind.MONEY, text, locale);
    return typeof told === "string" ? told : told.case === "money" && [told.value.amount, told.value.currency];
  };
  expect(money("1.234,50 €", "de")).toEqual(["1234.50", "EUR"]);
  expect(money("$1,234.50", "en")).toEqual(["1234.50", "USD"]);
  expect(money("chf 12", "de")).toEqual(["12", "CHF"]);
  expect(money("12.30", "de")).toEqual(["12.30", "EUR"]);
  expect(money("-3", "en")).toEqual(["-3", "EUR"]);
  expect(money("a lot", "en")).toBe("money");
  expect(money("1,234", "en")).toEqual(["1234", "EUR"]);
  expect(money("12.345", "en")).toBe("money");
});

test("what is no value of its kind is told apart", () => {
  expect([read(FieldKind.INTEGER, "1.5"), read(FieldKind.INTEGER, "9007199254740993"), read(FieldKind.NUMBER, "x"), read(FieldKind.EMAIL, "a@"), read(FieldKind.URL, "javascript:alert(1)"), read(FieldKind.TEXT, "x".repeat(129))]).toEqual(
    ["integer", "integer", "number", "email", "url", "long"],
  );
});

test("an address without its beginning gets the usual one", () => {
  expect(read(FieldKind.URL, "example.org/page")).toEqual({ case: "text", value: "https://example.org/page" });
});

test("a decimal is read as the language writes it, and a point as one where nothing else fits", () => {
  expect([decimalFrom("1.234", "de"), decimalFrom("1,5", "de"), decimalFrom("1.50", "de"), decimalFrom("1 234,5", "fr"), decimalFrom("1,50", "en")]).toEqual(["1234", "1.5", "1.50", "1234.5", null]);
});
