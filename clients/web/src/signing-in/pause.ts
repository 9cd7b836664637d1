/** The pause after too many failures: how much of it is left, and when one may try again. */

import { useEffect, useState } from "react";

const SECOND = 1000;
const MINUTE_SECONDS = 60;

export interface Pause {
  readonly minutes: number;
  readonly seconds: number;
}

/** Splits what is left as people say it. */
export function pauseOf(seconds: number): Pause {
  const whole = Math.max(Math.ceil(seconds), 0);
  return { minutes: Math.floor(whole / MINUTE_SECONDS), seconds: whole % MINUTE_SECONDS };
}

/** Counts the seconds down; 0 when there is nothing to wait for. */
export function useCountdown(): readonly [left: number, begin: (seconds: number) => void] {
  const [end, setEnd] = useState(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (end === 0) return;
    const tick = () => {
      const now = Math.max(Math.ceil((end - Date.now()) / SECOND), 0);
      setLeft(now);
      if (now === 0) setEnd(0);
    };
    const timer = setInterval(tick, SECOND);
    return () => clearInterval(timer);
  }, [end]);
  return [
    left,
    (seconds) => {
      setLeft(Math.ceil(seconds));
      setEnd(seconds > 0 ? Date.now() + seconds * SECOND : 0);
    },
  ];
}
