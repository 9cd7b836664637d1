import { expect, test, vi } from "vitest";

import { newRequestId } from "@/transport/requestId";

test("orders are named on pages without TLS too, each otherwise, as the contract takes names", () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const names = [newRequestId(), newRequestId()];
  vi.unstubAllGlobals();
  expect(names[0]).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  expect(new Set(names).size).toBe(2);
});
