import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { pauseOf, useCountdown } from "@/signing-in/pause";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a pause is told in minutes and seconds", () => {
  expect([pauseOf(31), pauseOf(60), pauseOf(905), pauseOf(0)]).toEqual([
    { minutes: 0, seconds: 31 }, { minutes: 1, seconds: 0 }, { minutes: 15, seconds: 5 }, { minutes: 0, seconds: 0 },
  ]);
});

test("a countdown ends at nought and may begin again", () => {
  const { result } = renderHook(() => useCountdown());
  const left = () => result.current[0];
  expect(left()).toBe(0);
  act(() => result.current[1](3));
  expect(left()).toBe(3);
  act(() => void vi.advanceTimersByTime(2000));
  expect(left()).toBe(1);
  act(() => void vi.advanceTimersByTime(5000));
  expect(left()).toBe(0);
  act(() => result.current[1](2));
  expect(left()).toBe(2);
});
