import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";

import { isHeld, useWarningBeforeLoss } from "@/delivery/held";
import { isAnother, lookForRenewal, useIsRenewed } from "@/delivery/renewal";
import { staged } from "@/staged";

afterEach(cleanup);

const OURS = '<div id="app"></div><script type="module" crossorigin src="/assets/index-A.js"></script>';

function Page() {
  return useIsRenewed() ? "renewed" : "as it was";
}

function Draft({ loses }: { readonly loses: boolean }) {
  useWarningBeforeLoss(loses);
  return null;
}

test("only a page of ours that begins with another script is another", () => {
  expect(isAnother(OURS, "/assets/index-A.js")).toBe(false);
  expect(isAnother(OURS, "/assets/index-B.js")).toBe(true);
  expect([isAnother("", "/assets/index-B.js"), isAnother("<h1>Sign in to this hotel</h1>", "/assets/index-B.js")]).toEqual([false, false]);
});

test("a page learns that the archive was renewed, and takes no lost network for that", async () => {
  staged(<Page />);
  await act(() => lookForRenewal(() => Promise.reject(new TypeError("Failed to fetch")), "/assets/index-B.js"));
  await act(() => lookForRenewal(() => Promise.resolve(OURS), "/assets/index-A.js"));
  expect(screen.getByText("as it was")).toBeTruthy();
  await act(() => lookForRenewal(() => Promise.resolve(OURS), "/assets/index-B.js"));
  expect(screen.getByText("renewed")).toBeTruthy();
});

test("a page is held by what it would lose, and by an open dialog", () => {
  const { unmount } = staged(<Draft loses />);
  expect(isHeld()).toBe(true);
  expect(dispatchEvent(new Event("beforeunload", { cancelable: true }))).toBe(false);
  unmount();
  expect(isHeld()).toBe(false);
  staged(<Draft loses={false} />);
  expect([isHeld(), dispatchEvent(new Event("beforeunload", { cancelable: true }))]).toEqual([false, true]);
  staged(<div role="alertdialog">Lose it?</div>);
  expect(isHeld()).toBe(true);
});
