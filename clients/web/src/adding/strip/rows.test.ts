import { create } from "@bufbuild/protobuf";
import { JobSchema, JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import { merged, NO_JOBS } from "@/adding/strip/jobs";
import { contentOf, shareDone } from "@/adding/strip/rows";
import { begun, NOTHING_GIVEN, type Upload } from "@/adding/uploads/queue";

function uploadNamed(id: string, change: Partial<Upload> = {}): Upload {
  return { ...begun({ id, name: id, size: 10, modified: 0, given: NOTHING_GIVEN }), ...change };
}

function jobNamed(id: string, state: JobState): Job {
  return create(JobSchema, { id, state });
}

test("what needs a person stands first, what is done last", () => {
  const jobs = merged(NO_JOBS, [jobNamed("1", JobState.SUCCEEDED), jobNamed("2", JobState.QUEUED), jobNamed("3", JobState.RUNNING), jobNamed("4", JobState.FAILED)], 0);
  const { rows, counts } = contentOf([uploadNamed("a"), uploadNamed("b", { state: "sending" }), uploadNamed("c", { state: "missing" })], jobs);
  expect(rows.map(({ key }) => key)).toEqual(["uc", "j4", "ub", "j3", "ua", "j2", "j1"]);
  expect(counts).toEqual({ troubled: 2, at_work: 2, waiting: 2, done: 1 });
});

test("a file that is taken in is shown by its job as soon as that is seen", () => {
  const sent = uploadNamed("a", { state: "sent", sent: { documentId: "7", jobId: "9", isDuplicate: false } });
  expect(contentOf([sent], NO_JOBS).rows.map(({ key }) => key)).toEqual(["ua"]);
  expect(contentOf([sent], merged(NO_JOBS, [jobNamed("9", JobState.RUNNING)], 0)).rows.map(({ key }) => key)).toEqual(["j9"]);
});

test("a job that somebody cancelled is no trouble and shown no more", () => {
  expect(contentOf([], merged(NO_JOBS, [jobNamed("9", JobState.CANCELLED)], 0)).rows).toEqual([]);
});

test("all is done when every file is taken in and read", () => {
  expect(shareDone(contentOf([], merged(NO_JOBS, [jobNamed("1", JobState.SUCCEEDED)], 0)))).toBe(1);
  expect(shareDone(contentOf([uploadNamed("a", { state: "sending", received: 5 })], NO_JOBS))).toBe(0.25);
});
