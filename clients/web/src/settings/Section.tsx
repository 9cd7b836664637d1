import { type ReactNode, useId } from "react";

import style from "./Section.module.css";

interface SectionProps {
  readonly title: string;
  readonly about?: string | undefined;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A part of a subject's page. */
export function Section({ title, about, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className={style.section} aria-labelledby={id}>
      <header className={style.header}>
        <h2 id={id}>{title}</h2>
        {actions && <div className={style.actions}>{actions}</div>}
      </header>
      {about && <p className={style.about}>{about}</p>}
      {children}
    </section>
  );
}
