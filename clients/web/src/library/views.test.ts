import { create } from "@bufbuild/protobuf";
import { ViewSchema } from "@sdk/scriba/v1/catalog_pb.js";
import { expect, test } from "vitest";

import { renumbered } from "@/library/views";

const numbered = (...positions: number[]) => positions.map((position, place) => create(ViewSchema, { id: `${place}`, position }));
const changes = (...positions: number[]) => renumbered(numbered(...positions)).map(({ view, position }) => [view.id, position]);

test("views that stand in their order already keep their numbers", () => {
  expect(changes(0, 3, 4, 9)).toEqual([]);
});

test("views that share a number are told apart", () => {
  expect(changes(0, 0, 0)).toEqual([["1", 1], ["2", 2]]);
});

test("one that goes before another takes what room there is, and moves only those that are in its way", () => {
  expect(changes(1, 8, 3, 12)).toEqual([["2", 9]]);
  expect(changes(5, 0)).toEqual([["1", 6]]);
});
