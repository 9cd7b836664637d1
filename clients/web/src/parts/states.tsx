/** What stands where content would: nothing yet, nothing at all, or what went wrong. */

import { ConnectError, Code } from "@connectrpc/connect";
import type { LucideIcon } from "lucide-react";
import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "@/parts/Button";
import { useWords } from "@/words/words";

import style from "./states.module.css";

interface EmptyProps {
  readonly icon: LucideIcon;
  /** "h1" where nothing else is on the page. */
  readonly heading?: "h1" | "h2";
  readonly title: string;
  /** What could be here, and how it comes here. */
  readonly children?: ReactNode;
}

export function Empty({ icon: Icon, heading: Heading = "h2", title, children }: EmptyProps) {
  return (
    <section className={style.state}>
      <Icon size={40} strokeWidth={1.25} aria-hidden />
      <Heading>{title}</Heading>
      {children && <div className={style.text}>{children}</div>}
    </section>
  );
}

/** Waits without a word for a moment, since most answers are there before anybody could read one. */
export function Loading() {
  const say = useWords();
  return (
    <div className={style.loading} role="status">
      <span className={style.spinner} aria-hidden />
      <span>{say("parts.loading")}</span>
    </div>
  );
}

interface ProblemProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

export function Problem({ error, onRetry }: ProblemProps) {
  const say = useWords();
  const explain = useExplanation();
  return (
    <section className={style.problem} role="alert">
      <h2>{say("parts.problem.title")}</h2>
      <p>{explain(error)}</p>
      {onRetry && (
        <Button icon={RotateCw} onPress={onRetry}>
          {say("parts.retry")}
        </Button>
      )}
    </section>
  );
}

/** Gives a function that puts an error into words: the server's own, which say what to do, or that there is no connection. */
export function useExplanation(): (error: unknown) => string {
  const say = useWords();
  return (error) => {
    const told = ConnectError.from(error);
    const isOffline = told.code === Code.Unavailable || (told.code === Code.Unknown && told.cause instanceof TypeError);
    return isOffline ? say("parts.problem.offline") : told.rawMessage;
  };
}
