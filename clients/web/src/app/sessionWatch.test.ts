import { Role } from "@sdk/scriba/v1/access_pb.js";
import { expect, test } from "vitest";

import { turnOf } from "@/app/sessionWatch";

const ADA = { id: "1", name: "ada", role: Role.EDITOR };
const BOB = { id: "2", name: "bob", role: Role.EDITOR };

test("who is shown a page keeps it while his session lasts, also under another name or role", () => {
  expect(turnOf(ADA, { ...ADA, name: "countess", role: Role.VIEWER }, false)).toBe("stay");
  expect(turnOf(null, null, true)).toBe("stay");
});

test("a session that ends by itself is asked for again over the page, one ended by its owner leaves nothing to be seen", () => {
  expect(turnOf(ADA, null, false)).toBe("ask");
  expect(turnOf(ADA, null, true)).toBe("leave");
});

test("nobody is shown what was told to somebody else", () => {
  expect(turnOf(ADA, BOB, false)).toBe("reload");
  expect(turnOf(ADA, BOB, true)).toBe("reload");
});

test("the page of signing in goes on when somebody has signed in elsewhere", () => {
  expect(turnOf(null, ADA, true)).toBe("enter");
  expect(turnOf(undefined, ADA, false)).toBe("enter");
});
