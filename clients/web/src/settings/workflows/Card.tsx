import { X } from "lucide-react";
import { type ReactNode, useId } from "react";

import { IconButton } from "@/parts/Button";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

interface CardProps {
  readonly title: string;
  readonly onRemove: () => void;
  /** What is wrong with it and shown at none of its boxes. */
  readonly faults: readonly string[];
  readonly children: ReactNode;
}

/** One occasion or one action, with all that belongs to it. */
export function Card({ title, onRemove, faults, children }: CardProps) {
  const say = useWords();
  const id = useId();
  return (
    <section className={style.card} aria-labelledby={id}>
      <header className={style.cardHead}>
        <h3 id={id}>{title}</h3>
        <IconButton icon={X} label={say("parts.remove", { what: title })} onPress={onRemove} />
      </header>
      <div className={style.cardBody}>
        {children}
        <FaultList faults={faults} />
      </div>
    </section>
  );
}

/** The server's own words about what no box is at fault for. */
export function FaultList({ faults }: { readonly faults: readonly string[] }) {
  if (faults.length === 0) return null;
  return (
    <ul className={style.wrong} role="alert" lang="en">
      {faults.map((fault) => (
        <li key={fault}>{fault}</li>
      ))}
    </ul>
  );
}
