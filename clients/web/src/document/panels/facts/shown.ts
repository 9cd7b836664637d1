import type { FieldValue } from "@sdk/scriba/v1/catalog_pb.js";
import { timestampDate } from "@bufbuild/protobuf/wkt";

import { textOf } from "@/document/panels/facts/values";
import { formatsOf } from "@/formats/formats";

/** Writes a value for reading, where `textOf` writes it for a box; "" where there is none. */
export function shownValue(value: FieldValue, locale: string, answered: (answer: boolean) => string): string {
  const told = value.value;
  switch (told.case) {
    case "boolean":
      return answered(told.value);
    case "date":
      return formatsOf(locale).day(told.value);
    case "time":
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(timestampDate(told.value));
    case "choices":
      return told.value.names.join(", ");
    case "documents":
      return told.value.ids.join(", ");
    default:
      return textOf(value, locale);
  }
}
