import { expect, test } from "vitest";

import { ownPath } from "@/signing-in/next";

test("one goes on to where one wanted to, with all that its address says", () => {
  const wanted = ["/documents?q=tag%3Abill&order=-created", "/documents/17#page-3", "/settings/tokens", "/"];
  expect(wanted.map(ownPath)).toEqual(wanted);
});

test("nobody is led away from the archive", () => {
  const led = [
    "//other.example/", "/\\other.example", "\\\\other.example", "https://other.example/", "javascript:alert(1)", "/\t/other.example", "/ok\\..\\x",
    "/\n/other.example", "/.//other.example", "/x/..//other.example", "other.example", " /documents", "", undefined,
  ];
  expect(led.map(ownPath)).toEqual(led.map(() => "/"));
});

test("signing in leads not back to signing in", () => {
  expect(["/sign-in?next=%2F", "/invitation#code=x", "/sign-in/oidc"].map(ownPath)).toEqual(["/", "/", "/"]);
  expect(ownPath("/sign-ins")).toBe("/sign-ins");
});
