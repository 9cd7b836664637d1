import { useTransport } from "@connectrpc/connect-query";
import { useEffect, useRef, useState } from "react";

import { check, UNCHECKED, type Checked } from "@/settings/running/checking";

export interface Check {
  readonly checked: Checked;
  readonly isAtWork: boolean;
  readonly error: unknown;
  readonly begin: (repairs: boolean) => void;
  readonly stop: () => void;
}

/** A check that somebody begins, and that ends with the page. */
export function useCheck(): Check {
  const transport = useTransport();
  const atWork = useRef<AbortController | null>(null);
  const [checked, setChecked] = useState(UNCHECKED);
  const [isAtWork, setAtWork] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => () => atWork.current?.abort(), []);

  const run = async (repairs: boolean, control: AbortController) => {
    try {
      for await (const told of check(transport, repairs, control.signal)) setChecked(told);
    } catch (failure) {
      if (!control.signal.aborted) setError(failure);
    } finally {
      setAtWork(false);
    }
  };
  const begin = (repairs: boolean) => {
    const control = new AbortController();
    atWork.current = control;
    setChecked(UNCHECKED);
    setError(null);
    setAtWork(true);
    void run(repairs, control);
  };
  return { checked, isAtWork, error, begin, stop: () => atWork.current?.abort() };
}
