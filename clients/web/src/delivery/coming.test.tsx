import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";

import { insistently, isAnythingComing, onComing } from "@/delivery/coming";
import { staged } from "@/staged";
import { later } from "@/parts/later";

afterEach(cleanup);

const atOnce = () => Promise.resolve();

/** Comes at the third time. */
function atLast(): () => Promise<string> {
  let times = 0;
  return () => Promise.resolve().then(() => {
    times += 1;
    if (times < 3) throw new TypeError("Failed to fetch dynamically imported module");
    return `the part, at time ${times}`;
  });
}

test("a part that did not come is asked for again until it does, and each time it is looked whether it is gone", async () => {
  let looks = 0;
  const look = () => Promise.resolve().then(() => void (looks += 1));
  expect(await insistently(atLast(), look, atOnce)).toBe("the part, at time 3");
  expect(looks).toBe(2);
});

test("something is on its way from when it is wanted until it is there", async () => {
  const told: boolean[] = [];
  const stop = onComing(() => told.push(isAnythingComing()));
  await Promise.all([insistently(atLast(), atOnce, atOnce), insistently(atLast(), atOnce, atOnce)]);
  stop();
  expect(told).toEqual([true, true, true, false]);
});

test("what comes later has something in its place until it is there", async () => {
  let arrive: (part: () => string) => void = () => undefined;
  const Part = later(() => new Promise<() => string>((come) => (arrive = come)), "still to come");
  staged(<Part />);
  expect(screen.getByText("still to come")).toBeTruthy();
  arrive(() => "it is there");
  expect(await screen.findByText("it is there")).toBeTruthy();
});
