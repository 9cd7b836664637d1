import { expect, test } from "vitest";

import { give, receiveGiven } from "@/adding/given";

const named = (name: string): File => new File(["x"], name);

test("files wait for whoever sends them, and are handed on once", () => {
  give([named("a.pdf")]);
  give([named("b.pdf")]);
  const taken: string[][] = [];
  const end = receiveGiven((files) => taken.push(files.map(({ name }) => name)));
  give([named("c.pdf")]);
  expect(taken).toEqual([["a.pdf", "b.pdf"], ["c.pdf"]]);
  end();
});
