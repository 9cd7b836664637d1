import { useCallback, useEffect, useMemo, useRef, useState } from "react";

const REST_MILLISECONDS = 600;
const LEAVE_MILLISECONDS = 300;

/** When the name of a button is shown beside it: after a pointer has rested on it, and at once when the Tab key leads there. */
export function useTip() {
  const [isShown, setShown] = useState(false);
  const timer = useRef(0);
  const turn = useCallback((shown: boolean, after = 0) => {
    clearTimeout(timer.current);
    if (after > 0) timer.current = window.setTimeout(() => setShown(shown), after);
    else setShown(shown);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(
    () => ({
      isShown,
      tip: { onStay: () => turn(true), onLeave: () => turn(false, LEAVE_MILLISECONDS), onClose: () => turn(false) },
      button: {
        onHoverStart: () => turn(true, REST_MILLISECONDS),
        onHoverEnd: () => turn(false, LEAVE_MILLISECONDS),
        onFocus: ({ target }: { target: Element }) => target.matches(":focus-visible") && turn(true),
        onBlur: () => turn(false),
        onPressStart: () => turn(false),
      },
    }),
    [isShown, turn],
  );
}
