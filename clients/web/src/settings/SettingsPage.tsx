import { Link, Outlet, useParams } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";

import { useMay } from "@/app/queries";
import { useTitle } from "@/parts/Page";
import { groupsFor } from "@/settings/subjects";
import { useWords } from "@/words/words";

import style from "./SettingsPage.module.css";

/** The list of all subjects, beside the one that is open; the list alone tells of each what it is about. */
export function SettingsPage() {
  const say = useWords();
  const { subject } = useParams({ strict: false });
  return (
    <div className={style.settings} data-open={subject !== undefined || undefined}>
      <nav className={style.subjects} aria-label={say("settings.subjects")}>
        {subject === undefined ? <Overview /> : <Link to="/settings" className={style.all}>{say("settings.title")}</Link>}
        <SubjectList />
      </nav>
      <div className={style.subject}>
        {subject !== undefined && (
          <Link to="/settings" className={style.back}>
            <ChevronLeft size={18} aria-hidden /> {say("settings.all")}
          </Link>
        )}
        <Outlet />
      </div>
    </div>
  );
}

function Overview() {
  const say = useWords();
  useTitle(say("settings.title"));
  return <h1>{say("settings.title")}</h1>;
}

function SubjectList() {
  const say = useWords();
  const groups = groupsFor(useMay());
  return groups.map(({ word, subjects }) => (
    <section key={word} className={style.group} aria-labelledby={word}>
      <h2 id={word}>{say(word)}</h2>
      <ul>
        {subjects.map(({ id, icon: Icon }) => (
          <li key={id}>
            <Link to="/settings/$subject" params={{ subject: id }} className={style.link} activeOptions={{ includeSearch: false }}>
              <Icon size={20} aria-hidden />
              <span className={style.name}>{say(`settings.${id}`)}</span>
              <span className={style.about}>{say(`settings.${id}.about`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ));
}
