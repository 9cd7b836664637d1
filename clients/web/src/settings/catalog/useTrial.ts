import { useTransport } from "@connectrpc/connect-query";
import { useEffect, useState } from "react";

import { NOTHING_TRIED, type Ask, type Trial } from "@/settings/catalog/trial";

// Long enough for the next letter.
const PAUSE_MILLISECONDS = 400;

export interface Trying<Outcome> {
  readonly trial: Trial<Outcome>;
  readonly error: unknown;
  readonly isAtWork: boolean;
}

const IDLE: Trying<never> = { trial: NOTHING_TRIED, error: null, isAtWork: false };

/** Tries anew whenever `ask` is another; what was found before stays until there is more to say. */
export function useTrial<Outcome>(ask: Ask<Outcome> | null): Trying<Outcome> {
  const transport = useTransport();
  const [trying, setTrying] = useState<Trying<Outcome>>(IDLE);
  useEffect(() => {
    if (!ask) return;
    const control = new AbortController();
    const run = async () => {
      setTrying((before) => ({ ...before, isAtWork: true }));
      try {
        let trial: Trial<Outcome> = NOTHING_TRIED;
        for await (trial of ask(transport, control.signal)) setTrying({ trial, error: null, isAtWork: true });
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
  }, [transport, ask]);
  return ask ? trying : IDLE;
}
