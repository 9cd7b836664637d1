import { Aspect } from "@sdk/scriba/v1/assignments_pb.js";
import { expect, test } from "vitest";

import { fieldChangedBy, saidField } from "@/document/panels/history/fieldNames";

test("what a machine gave is called as what a person changed", () => {
  const say = (id: string) => `word ${id}`;
  expect(saidField(fieldChangedBy({ aspect: Aspect.CREATED_DATE, field: "" }), say)).toBe(saidField("created_date", say));
  expect(saidField(fieldChangedBy({ aspect: Aspect.FIELD, field: "Net amount" }), say)).toBe("Net amount");
  expect(saidField("expire_time", say)).toBe("expire time");
});
