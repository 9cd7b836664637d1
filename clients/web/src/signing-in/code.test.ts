import { expect, test } from "vitest";

import { codeOfFragment, codeOfTyping, invitationAddress } from "@/signing-in/code";

test("the address of an invitation gives its code back, typed or opened", () => {
  const address = invitationAddress("https://archive.example", "KWSW-P9V8");
  expect(address).toBe("https://archive.example/invitation#code=KWSW-P9V8");
  expect(codeOfFragment(new URL(address).hash)).toBe("KWSW-P9V8");
  expect(codeOfTyping(` ${address}\n`)).toBe("KWSW-P9V8");
});

test("a bare code is one, and nothing is none", () => {
  expect([codeOfTyping(" KWSW-P9V8 "), codeOfTyping("a#b"), codeOfFragment(""), codeOfFragment("#top"), codeOfFragment("#code=")]).toEqual(["KWSW-P9V8", "a#b", "", "", ""]);
});
