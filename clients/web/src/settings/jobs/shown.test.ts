import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { JobSchema, JobState, JobStateSchema, type Job } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import { merged, NO_JOBS } from "@/adding/strip/jobs";
import { filterIn, secondsTaken, shownJobs, STATES } from "@/settings/jobs/shown";

function jobNamed(id: string, state: JobState, changed = 1): Job {
  return create(JobSchema, { id, state, createTime: timestampFromMs(1_000), updateTime: timestampFromMs(changed), finishTime: timestampFromMs(changed) });
}

const live = (...jobs: readonly Job[]) => merged(NO_JOBS, jobs, 0);
const idsOf = (jobs: readonly Job[]) => jobs.map(({ id }) => id);

test("every state that a job can be in has its filter, and but one", () => {
  const states = JobStateSchema.values.map(({ number }) => number).filter((state) => state !== 0);
  expect(Object.values(STATES).flat().map(Number).sort()).toEqual(states.sort());
});

test("an address that names no filter asks for all", () => {
  expect(["failed", "nonsense", undefined].map(filterIn)).toEqual(["failed", "all", "all"]);
});

test("a job is shown as the newer of list and stream tells it, the newest job first", () => {
  const listed = [jobNamed("9", JobState.RUNNING, 5), jobNamed("8", JobState.SUCCEEDED, 7)];
  const shown = shownJobs(listed, live(jobNamed("10", JobState.QUEUED), jobNamed("9", JobState.FAILED, 6), jobNamed("8", JobState.RUNNING, 2)), "all", true);
  expect(shown.map(({ id, state }) => [id, state])).toEqual([["10", JobState.QUEUED], ["9", JobState.FAILED], ["8", JobState.SUCCEEDED]]);
});

test("what no longer is as the filter says leaves at once, and what has become so comes", () => {
  const listed = [jobNamed("3", JobState.FAILED)];
  expect(idsOf(shownJobs(listed, live(jobNamed("3", JobState.QUEUED, 2), jobNamed("4", JobState.FAILED)), "failed", true))).toEqual(["4"]);
});

test("a job that is older than the last one listed waits for its own page of the list", () => {
  const listed = [jobNamed("9", JobState.QUEUED), jobNamed("7", JobState.QUEUED)];
  const told = live(jobNamed("8", JobState.QUEUED), jobNamed("2", JobState.QUEUED));
  expect(idsOf(shownJobs(listed, told, "working", false))).toEqual(["9", "8", "7"]);
  expect(idsOf(shownJobs(listed, told, "working", true))).toEqual(["9", "8", "7", "2"]);
});

test("a job has taken until its end, and one that is at work until now", () => {
  expect(secondsTaken(jobNamed("1", JobState.SUCCEEDED, 6_000), 99_000)).toBe(5);
  expect(secondsTaken(jobNamed("1", JobState.RUNNING, 6_000), 99_000)).toBe(98);
  expect(secondsTaken(jobNamed("1", JobState.RUNNING, 6_000), 500)).toBe(0);
});
