import { afterEach, expect, test, vi } from "vitest";

import { Pictures } from "@/parts/pictures";

afterEach(() => void vi.restoreAllMocks());

interface Asked {
  readonly key: string;
  readonly signal: AbortSignal;
  readonly answer: (blob: Blob | null) => void;
}

function reader(): { readonly asked: Asked[]; readonly read: (key: string) => (signal: AbortSignal) => Promise<Blob | null> } {
  const asked: Asked[] = [];
  return { asked, read: (key) => (signal) => new Promise((answer) => asked.push({ key, signal, answer })) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("no more are read at once than may be, and the last that was asked for comes next", async () => {
  const { asked, read } = reader();
  const pictures = new Pictures(10, 2);
  for (const key of ["a", "b", "c", "d"]) pictures.watch(key, read(key), () => undefined);
  expect(asked.map(({ key }) => key)).toEqual(["a", "b"]);
  asked[0]?.answer(new Blob(["a"]));
  await settled();
  expect(asked.map(({ key }) => key)).toEqual(["a", "b", "d"]);
  expect(pictures.get("a")).toMatch(/^blob:/);
});

test("what is no longer looked at is stopped, and read anew when it is looked at again", async () => {
  const { asked, read } = reader();
  const pictures = new Pictures(10, 1);
  const leave = pictures.watch("a", read("a"), () => undefined);
  leave();
  expect(asked[0]?.signal.aborted).toBe(true);
  asked[0]?.answer(new Blob(["late"]));
  await settled();
  expect(pictures.get("a")).toBe(undefined);
  pictures.watch("a", read("a"), () => undefined);
  expect(asked.length).toBe(2);
});

test("who waits is told, also that there is none", async () => {
  const { asked, read } = reader();
  const pictures = new Pictures(10, 1);
  const told: unknown[] = [];
  pictures.watch("a", read("a"), () => told.push(pictures.get("a")));
  asked[0]?.answer(null);
  await settled();
  expect(told).toEqual([null]);
});

test("the longest unseen is let go beyond the capacity, never one that is looked at", async () => {
  const revoked = vi.spyOn(URL, "revokeObjectURL");
  const pictures = new Pictures(2, 6);
  const here = (key: string) => pictures.watch(key, () => Promise.resolve(new Blob([key])), () => undefined);
  here("looked at");
  const leave = here("left");
  await settled();
  const address = pictures.get("left");
  leave();
  here("new");
  expect([pictures.get("left"), typeof pictures.get("looked at")]).toEqual([undefined, "string"]);
  expect(revoked.mock.calls).toEqual([[address]]);
});
