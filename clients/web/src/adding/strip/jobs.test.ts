import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { JobSchema, JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import { jobOf, merged, newsBetween, NO_JOBS, stepsDone, without, withoutOld } from "@/adding/strip/jobs";

function jobNamed(id: string, state: JobState, changed = 1, step = "read"): Job {
  return create(JobSchema, { id, documentId: `d${id}`, state, step, createTime: timestampFromMs(changed), updateTime: timestampFromMs(changed) });
}

test("what is told later counts, whichever answer comes first", () => {
  const seen = merged(NO_JOBS, [jobNamed("1", JobState.SUCCEEDED, 9)], 50);
  const overtaken = merged(seen, [jobNamed("1", JobState.RUNNING, 3)], 60);
  expect(overtaken.get("1")).toEqual({ job: jobNamed("1", JobState.SUCCEEDED, 9), endedAt: 50 });
});

test("the end of a job is when it was first seen, and is taken back when it is queued again", () => {
  const ended = merged(NO_JOBS, [jobNamed("1", JobState.FAILED, 1)], 50);
  expect(merged(ended, [jobNamed("1", JobState.FAILED, 1)], 70).get("1")?.endedAt).toBe(50);
  expect(merged(ended, [jobNamed("1", JobState.QUEUED, 2)], 70).get("1")?.endedAt).toBe(null);
});

test("what ended well leaves after half a minute, what failed when it is put away", () => {
  const seen = merged(NO_JOBS, [jobNamed("1", JobState.SUCCEEDED), jobNamed("2", JobState.FAILED), jobNamed("3", JobState.RUNNING)], 0);
  expect([...withoutOld(seen, 29_999).keys()]).toEqual(["1", "2", "3"]);
  expect([...withoutOld(seen, 30_000).keys()]).toEqual(["2", "3"]);
  expect([...without(seen, ["2"]).keys()]).toEqual(["1", "3"]);
});

test("a look at which nothing is old gives the very same jobs, so that nothing is drawn again", () => {
  const seen = merged(NO_JOBS, [jobNamed("3", JobState.RUNNING)], 0);
  expect(withoutOld(seen, 90_000)).toBe(seen);
});

test("a document's job is the latest one", () => {
  const seen = merged(NO_JOBS, [{ ...jobNamed("2", JobState.RUNNING, 5), documentId: "d" }, { ...jobNamed("1", JobState.FAILED, 4), documentId: "d" }], 0);
  expect([jobOf(seen, "d")?.id, jobOf(seen, "other")]).toEqual(["2", undefined]);
});

test("steps count up to the one at work, and all once it is done", () => {
  expect([
    stepsDone(jobNamed("1", JobState.RUNNING, 1, "accepted")),
    stepsDone(jobNamed("1", JobState.RUNNING, 1, "read")),
    stepsDone(jobNamed("1", JobState.QUEUED, 1, "seen")),
    stepsDone(jobNamed("1", JobState.SUCCEEDED, 1, "ready")),
  ]).toEqual([0, 2, 0, 7]);
});

test("news are what began, what became ready and what failed, each told once", () => {
  const first = merged(NO_JOBS, [jobNamed("1", JobState.RUNNING), jobNamed("2", JobState.RUNNING), jobNamed("3", JobState.QUEUED)], 0);
  const second = merged(first, [jobNamed("1", JobState.SUCCEEDED, 2), jobNamed("2", JobState.FAILED, 2), jobNamed("3", JobState.RUNNING, 2), jobNamed("4", JobState.QUEUED, 2)], 1);
  const third = merged(second, [jobNamed("2", JobState.QUEUED, 3)], 2);
  const idsOf = (before: typeof first, after: typeof first) => Object.values(newsBetween(before, after)).map((jobs: readonly Job[]) => jobs.map(({ id }) => id));
  expect(idsOf(NO_JOBS, first)).toEqual([["1", "2", "3"], [], []]);
  expect(idsOf(first, second)).toEqual([["4"], ["1"], ["2"]]);
  expect(idsOf(second, third)).toEqual([["2"], [], []]);
});

test("a thousand jobs are taken in at once within a few milliseconds", () => {
  const told = Array.from({ length: 1_000 }, (_, place) => jobNamed(String(place), JobState.QUEUED));
  const begun = performance.now();
  const seen = merged(merged(NO_JOBS, told, 0), told, 1);
  expect(seen.size).toBe(1_000);
  expect(performance.now() - begun).toBeLessThan(500);
});
