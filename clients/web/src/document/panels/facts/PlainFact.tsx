import type { ReactNode } from "react";

import { useWords } from "@/words/words";

import style from "./facts.module.css";

interface PlainFactProps {
  readonly name: string;
  readonly value: ReactNode;
  readonly why?: ReactNode;
}

/** A value that one reads and does not change. */
export function PlainFact({ name, value, why }: PlainFactProps) {
  const say = useWords();
  const isNone = value === "" || value === null || value === undefined;
  return (
    <dl className={style.plain}>
      <dt>{name}</dt>
      <dd className={isNone ? style.none : undefined}>{isNone ? say("parts.none") : value}</dd>
      {why && <dd>{why}</dd>}
    </dl>
  );
}
