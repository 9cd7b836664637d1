import { create } from "@bufbuild/protobuf";
import { NodeSchema } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import { coresAtWork, paceOf, secondsFor } from "@/parts/pace";

function nodeThatRead(pagesReadInMinute: bigint, pagesReadInTenMinutes: bigint, pagesReadInHour: bigint, alive = true) {
  return create(NodeSchema, { alive, pagesReadInMinute, pagesReadInTenMinutes, pagesReadInHour });
}

test("the pace of machines is that of all together that are there, in pages a minute", () => {
  expect(paceOf([nodeThatRead(6n, 30n, 120n), nodeThatRead(4n, 10n, 60n), nodeThatRead(9n, 90n, 90n, false)])).toEqual({ minute: 10, tenMinutes: 4, hour: 3 });
});

test("what waits takes as long as the better pace of late says, and nobody can say where nothing was read", () => {
  expect(secondsFor(20, { minute: 10, tenMinutes: 4, hour: 3 })).toBe(120);
  expect(secondsFor(20, { minute: 0, tenMinutes: 4, hour: 3 })).toBe(300);
  expect(secondsFor(20, { minute: 0, tenMinutes: 0, hour: 3 })).toBeNull();
});

test("pages that wait on a machine for a free core make it no busier than it is", () => {
  expect([1, 2, 9].map((pagesReading) => coresAtWork(create(NodeSchema, { pagesReading, cores: 2 })))).toEqual([1, 2, 2]);
});
