import { useTransport } from "@connectrpc/connect-query";
import { useEffect, useState } from "react";

import { usesPattern } from "@/settings/catalog/kinds";
import { NOTHING_TRIED, tryRule, type Rule, type Trial } from "@/settings/catalog/trial";

// Long enough for the next letter.
const PAUSE_MILLISECONDS = 400;

export interface Trying {
  readonly trial: Trial;
  readonly error: unknown;
  readonly isAtWork: boolean;
}

const IDLE: Trying = { trial: NOTHING_TRIED, error: null, isAtWork: false };

/** Tries a rule anew whenever it changes; what was found before stays until there is more to say. */
export function useTrial({ kind, matching, pattern, caseSensitive, labelId }: Rule): Trying {
  const transport = useTransport();
  const [trying, setTrying] = useState(IDLE);
  const isTried = usesPattern(matching) && pattern.trim() !== "";
  useEffect(() => {
    if (!isTried) return;
    const control = new AbortController();
    const run = async () => {
      setTrying((before) => ({ ...before, isAtWork: true }));
      try {
        let trial = NOTHING_TRIED;
        for await (trial of tryRule(transport, { kind, matching, pattern, caseSensitive, labelId }, control.signal)) {
          setTrying({ trial, error: null, isAtWork: true });
        }
        setTrying({ trial, error: null, isAtWork: false });
      } catch (error) {
        if (!control.signal.aborted) setTrying({ trial: NOTHING_TRIED, error, isAtWork: false });
      }
    };
    const pause = setTimeout(() => void run(), PAUSE_MILLISECONDS);
    return () => {
      clearTimeout(pause);
      control.abort();
    };
  }, [transport, isTried, kind, matching, pattern, caseSensitive, labelId]);
  return isTried ? trying : IDLE;
}
