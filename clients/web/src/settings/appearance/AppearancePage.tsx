import { LayoutGrid, Monitor, Moon, Rows3, Sun, Table2 } from "lucide-react";
import { useState } from "react";

import { chooseTheme, useTheme } from "@/app/theme";
import { keep, recall } from "@/kept";
import { LAYOUTS, type Layout } from "@/library/state";
import { Page } from "@/parts/Page";
import { Radios } from "@/parts/Radios";
import { chooseLanguage, useSpeech } from "@/words/language";
import { useWords } from "@/words/words";

import style from "./AppearancePage.module.css";

/** How this browser shows the archive; others are not asked. */
export function AppearancePage() {
  const say = useWords();
  const theme = useTheme();
  const { language } = useSpeech();
  const [layout, setLayout] = useState<Layout>(() => LAYOUTS.find((known) => known === recall("layout")) ?? "cards");
  const changeLayout = (chosen: Layout) => {
    keep("layout", chosen);
    setLayout(chosen);
  };
  return (
    <Page title={say("settings.appearance")} width="text">
      <p className={style.about}>{say("appearance.about")}</p>
      <Radios
        label={say("appearance.theme")}
        value={theme}
        onChange={chooseTheme}
        options={[
          { value: "system", text: say("appearance.theme.system"), icon: Monitor },
          { value: "light", text: say("appearance.theme.light"), icon: Sun },
          { value: "dark", text: say("appearance.theme.dark"), icon: Moon },
        ]}
      />
      <Radios
        label={say("appearance.language")}
        value={language}
        onChange={(chosen) => void chooseLanguage(chosen)}
        options={[
          { value: "en", text: say("appearance.language.en") },
          { value: "de", text: say("appearance.language.de") },
        ]}
      />
      <Radios
        label={say("appearance.layout")}
        value={layout}
        onChange={changeLayout}
        options={[
          { value: "cards", text: say("appearance.layout.cards"), about: say("appearance.layout.cards.about"), icon: LayoutGrid },
          { value: "list", text: say("appearance.layout.list"), about: say("appearance.layout.list.about"), icon: Rows3 },
          { value: "table", text: say("appearance.layout.table"), about: say("appearance.layout.table.about"), icon: Table2 },
        ]}
      />
    </Page>
  );
}
