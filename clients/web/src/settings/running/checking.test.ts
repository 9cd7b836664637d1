import { createRouterTransport } from "@connectrpc/connect";
import { AdminService, CheckSubject } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import { check, type Checked } from "@/settings/running/checking";

const transport = createRouterTransport(({ service }) => {
  service(AdminService, {
    async *checkArchive() {
      yield { progress: { subject: CheckSubject.ORIGINALS, done: 1n, total: 2n }, findings: [{ title: "missing" }] };
      yield { progress: { subject: CheckSubject.INDEX, done: 2n, total: 2n }, findings: [{ title: "stale" }] };
      yield { findings: [], summary: { findings: 2n, needsPerson: 1n } };
    },
    async *repairArchive() {
      yield { findings: [], summary: { findings: 0n } };
    },
  });
});

async function last(repairs: boolean): Promise<Checked | undefined> {
  let told: Checked | undefined;
  for await (const checked of check(transport, repairs, new AbortController().signal)) told = checked;
  return told;
}

test("findings of all messages are gathered, with the last progress and the summary", async () => {
  const told = await last(false);
  expect(told?.findings.map(({ title }) => title)).toEqual(["missing", "stale"]);
  expect([told?.progress?.subject, told?.summary?.findings]).toEqual([CheckSubject.INDEX, 2n]);
});

test("a repair is another call than a check", async () => {
  expect((await last(true))?.summary?.findings).toBe(0n);
});

test("a check that is stopped ends with its signal", async () => {
  const stop = new AbortController();
  stop.abort();
  const answers = check(transport, false, stop.signal);
  await expect(answers.next()).rejects.toThrow("aborted");
});
