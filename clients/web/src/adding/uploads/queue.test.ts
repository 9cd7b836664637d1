import { Code, ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema, RetryInfoSchema } from "@sdk/google/rpc/error_details_pb.js";
import { expect, test } from "vitest";

import { outcomeOf } from "@/adding/uploads/outcomes";
import { fewerBytes, nextBytes } from "@/adding/uploads/pace";
import { after, begun, nextLook, NOTHING_GIVEN, startable, type Upload, wouldLose } from "@/adding/uploads/queue";

function uploadNamed(id: string, change: Partial<Upload> = {}): Upload {
  return { ...begun({ id, name: id, size: 10, modified: 0, given: NOTHING_GIVEN }), ...change };
}

const OFFLINE = outcomeOf(new ConnectError("gone", Code.Unavailable));

test("two are sent at once, in the order in which they were added", () => {
  const queue = ["a", "b", "c"].map((id) => uploadNamed(id));
  expect(startable(queue, 0)).toEqual(["a", "b"]);
  expect(startable([uploadNamed("a", { state: "sending" }), ...queue.slice(1)], 0)).toEqual(["b"]);
});

test("while one is held, none of the others begins; when its time has come, it is the first", () => {
  const queue = [uploadNamed("a"), uploadNamed("b", { state: "held", retryAt: 50 })];
  expect([startable(queue, 49), startable(queue, 50), nextLook(queue)]).toEqual([[], ["b", "a"], 50]);
});

test("each failure in a row waits twice as long, a minute at most", () => {
  let upload = uploadNamed("a");
  const waits = Array.from({ length: 9 }, () => (upload = after(upload, OFFLINE, 0)).retryAt / 1_000);
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("a full disk is waited for as long as the server says", () => {
  const full = new ConnectError("full", Code.ResourceExhausted, undefined, [
    { desc: ErrorInfoSchema, value: { reason: "NO_SPACE" } },
    { desc: RetryInfoSchema, value: { retryDelay: { seconds: 60n } } },
  ]);
  expect(after(uploadNamed("a"), outcomeOf(full), 1_000)).toMatchObject({ state: "held", retryAt: 61_000, trouble: { kind: "no_space" } });
});

test("other bytes than announced are sent anew twice, then refused", () => {
  const mismatch = outcomeOf(new ConnectError("sum", Code.Aborted, undefined, [{ desc: ErrorInfoSchema, value: { reason: "CHECKSUM_MISMATCH" } }]));
  const once = after(uploadNamed("a", { received: 10 }), mismatch, 0);
  const thrice = after(after(once, mismatch, 0), mismatch, 0);
  expect([once.state, once.received, thrice.state]).toEqual(["held", 0, "refused"]);
});

test("closing the page loses only what is unfinished and not kept", () => {
  expect([
    wouldLose([uploadNamed("a")]),
    wouldLose([uploadNamed("a", { isKept: true })]),
    wouldLose([uploadNamed("a", { state: "sent" }), uploadNamed("b", { state: "refused" }), uploadNamed("c", { state: "missing" })]),
  ]).toEqual([true, false, false]);
});

test("parts grow on a quick network and shrink on a slow one, within the contract's bounds", () => {
  expect([nextBytes(262_144, 50), nextBytes(524_288, 50), nextBytes(1_048_576, 50), nextBytes(262_144, 8_000), nextBytes(16_384, 60_000)]).toEqual([524_288, 1_048_576, 1_048_576, 65_536, 16_384]);
  expect([fewerBytes(1_048_576), fewerBytes(16_384)]).toEqual([262_144, 16_384]);
});
