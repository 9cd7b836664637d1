import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { NodeSchema, NodeState } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import { lookTime, newcomers, standingOf } from "@/settings/nodes/standing";

test("a machine works, rests, or is away", () => {
  const states = [NodeState.WORKING, NodeState.RESTING, NodeState.AWAY].map((state) => standingOf(create(NodeSchema, { state, alive: state !== NodeState.AWAY })));
  expect(states).toEqual(["working", "resting", "away"]);
});

test("who has come is told from who was there, the last first", () => {
  const nodes = [create(NodeSchema, { id: "head" }), ...["1", "2", "3"].map((id) => create(NodeSchema, { id, joinTime: timestampFromMs(Number(id)) }))];
  expect(newcomers(nodes, new Set(["head", "1"])).map(({ id }) => id)).toEqual(["3", "2"]);
  expect(newcomers(nodes, new Set(["head", "1", "2", "3"]))).toEqual([]);
});

test("nobody was seen in the future, whatever the clock here says", () => {
  const node = create(NodeSchema, { lastSeenTime: timestampFromMs(5_000) });
  expect([4_000, 6_000].map((now) => lookTime(node, new Date(now)).getTime())).toEqual([5_000, 6_000]);
});
