import { type ReactNode, useEffect } from "react";

import style from "./Page.module.css";

interface PageProps {
  /** The page's name: its heading, and the window's title. */
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** A page of text is as wide as one reads; one of many things takes what there is. */
  readonly width?: "text" | "whole";
}

export function Page({ title, actions, children, width = "whole" }: PageProps) {
  useTitle(title);
  return (
    <div className={style.page} data-width={width}>
      <header className={style.header}>
        <h1>{title}</h1>
        {actions && <div className={style.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** Names the window, which screen readers tell when a page opens. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Scriba" : `${title} · Scriba`;
  }, [title]);
}
