import type { ReactNode } from "react";

import { chooseTheme, THEMES, useTheme } from "@/app/theme";
import { Choice } from "@/parts/Choice";
import { useTitle } from "@/parts/Page";
import { chooseLanguage, useSpeech } from "@/words/language";
import { LANGUAGES, useWords } from "@/words/words";

import style from "./Doorstep.module.css";

interface DoorstepProps {
  readonly title: string;
  readonly about?: string | undefined;
  readonly children: ReactNode;
}

/** A quiet page for who is not inside: one card, and how it is read. */
export function Doorstep({ title, about, children }: DoorstepProps) {
  useTitle(title);
  return (
    <div className={style.doorstep}>
      <main className={style.card}>
        <header className={style.header}>
          <img src="/icon.svg" alt="" width={44} height={44} />
          <h1>{title}</h1>
          {about && <p>{about}</p>}
        </header>
        {children}
      </main>
      <Reading />
    </div>
  );
}

function Reading() {
  const say = useWords();
  const theme = useTheme();
  const { language } = useSpeech();
  return (
    <footer className={style.reading}>
      <Choice
        label={say("appearance.language")}
        hideLabel
        value={language}
        onChange={(chosen) => void chooseLanguage(chosen)}
        options={LANGUAGES.map((value) => ({ value, text: say(`appearance.language.${value}`) }))}
      />
      <Choice
        label={say("appearance.theme")}
        hideLabel
        value={theme}
        onChange={chooseTheme}
        options={THEMES.map((value) => ({ value, text: say(`appearance.theme.${value}`) }))}
      />
    </footer>
  );
}
