import { Code, ConnectError } from "@connectrpc/connect";
import { afterEach, expect, test } from "vitest";

import { SessionRefused, signIn } from "@/transport/session";

const own = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = own;
});

function answerWith(body: string, status: number, headers: Record<string, string> = {}): void {
  globalThis.fetch = () => Promise.resolve(new Response(body, { status, headers }));
}

async function refusalOfSignIn(): Promise<unknown> {
  return signIn("ada", "wrong", "").catch((error: unknown) => error);
}

test("a refusal tells its reason and how long to wait", async () => {
  const told = { code: 8, message: "too many failures: try again in 30 s", details: [{ retry_delay: "30s" }, { reason: "TOO_MANY_FAILURES" }] };
  answerWith(JSON.stringify(told), 429, { "retry-after": "31" });
  expect(await refusalOfSignIn()).toMatchObject({ status: 429, retrySeconds: 31, reason: "TOO_MANY_FAILURES", message: told.message });
  answerWith("{}", 400);
  const bare = await refusalOfSignIn();
  expect(bare instanceof SessionRefused && bare.reason).toBe("");
});

test("an answer that is not the archive's says that it was not reached", async () => {
  answerWith("upstream connect error", 503);
  expect(ConnectError.from(await refusalOfSignIn()).code).toBe(Code.Unavailable);
});
