import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { JobSchema, JobState, JobStateSchema, type Job } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import { merged, NO_JOBS } from "@/adding/strip/jobs";
import { filterIn, shownJobs, STATES, timeSpent } from "@/settings/jobs/shown";

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

test("a job has waited until its work began, and taken from then on until its end or now", () => {
  const begun = { queueTime: timestampFromMs(1_000), startTime: timestampFromMs(121_000) };
  const spent = (state: JobState, times: object, now: number) => timeSpent(create(JobSchema, { id: "1", state, ...times }), now);
  expect(spent(JobState.SUCCEEDED, { ...begun, finishTime: timestampFromMs(125_000) }, 999_000)).toEqual({ waited: 120, worked: 4 });
  expect(spent(JobState.RUNNING, begun, 130_000)).toEqual({ waited: 120, worked: 9 });
  expect(spent(JobState.RUNNING, begun, 500)).toEqual({ waited: 120, worked: 0 });
});

test("a job that has not begun waits until now, and of one that never began nothing is told", () => {
  const queued = create(JobSchema, { id: "1", state: JobState.QUEUED, queueTime: timestampFromMs(1_000) });
  expect(timeSpent(queued, 31_000)).toEqual({ waited: 30, worked: null });
  expect(timeSpent({ ...queued, state: JobState.CANCELLED, finishTime: timestampFromMs(9_000) }, 31_000)).toEqual({ waited: null, worked: null });
});
