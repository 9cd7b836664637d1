import { JobState } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import en from "@/words/en";

import { stepWord } from "./steps";

const running = (step: string) => ({ state: JobState.RUNNING, step });

test("a document waits until its job is taken up", () => {
  expect([stepWord(undefined), stepWord({ ...running("accepted"), state: JobState.QUEUED })]).toEqual(["document.step.wait", "document.step.wait"]);
});

test("a job that failed for now says so, whatever its step", () => {
  expect(stepWord({ ...running("read"), state: JobState.RETRYING })).toBe("document.step.retry");
});

test("every step of the way has words, and one that nobody knows does no harm", () => {
  for (const step of ["accepted", "rendered", "read", "bound", "understood", "indexed", "ready", "?"]) {
    expect(en[stepWord(running(step))]).toBeTruthy();
  }
  expect(stepWord(running("read"))).toBe("document.step.read");
});
