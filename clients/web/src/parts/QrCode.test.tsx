import { render, screen } from "@testing-library/react";
import { encode } from "uqr";
import { expect, test } from "vitest";

import { inFours, pathOf, QrCode } from "@/parts/QrCode";

/** Paints a path of ours back into squares. */
function squaresOf(path: string, size: number): boolean[][] {
  const rows = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(run));
  return rows;
}

test("what is drawn is every dark square and no other", () => {
  const { data, size } = encode("otpauth://totp/Scriba:ada?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=Scriba", { ecc: "M", border: 3 });
  expect(squaresOf(pathOf(data), size)).toEqual(data);
  expect(pathOf([[true, true, false, true]])).toBe("M0 0h2v1h-2zM3 0h1v1h-1z");
});

test("the picture has a name, and the secret can be typed", () => {
  render(<QrCode text="otpauth://totp/x" label="Code for the app" />);
  expect(screen.getByRole("img", { name: "Code for the app" }).querySelector("path")?.getAttribute("d")).toContain("M3 3h7");
  expect(inFours("ABCDEFGH23")).toBe("ABCD EFGH 23");
});
