import { Link } from "@tanstack/react-router";
import { CheckSubject, FindingOutcome, type CheckProgress, type CheckSummary, type Finding } from "@sdk/scriba/v1/admin_pb.js";
import { ShieldCheck, Square, Wrench } from "lucide-react";

import { Button } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { Meter } from "@/parts/Meter";
import { Problem } from "@/parts/states";
import { useCheck } from "@/settings/running/useCheck";
import { useWords, type WordId } from "@/words/words";

import style from "./running.module.css";

const SUBJECTS: Readonly<Record<CheckSubject, WordId>> = {
  [CheckSubject.UNSPECIFIED]: "health.check.title",
  [CheckSubject.ORIGINALS]: "health.subject.originals",
  [CheckSubject.FILES]: "health.subject.files",
  [CheckSubject.ROWS]: "health.subject.rows",
  [CheckSubject.JOBS]: "health.subject.jobs",
  [CheckSubject.INDEX]: "health.subject.index",
  [CheckSubject.SPOOL]: "health.subject.spool",
};

/** Compares all that is stored, and mends what is safe to mend. */
export function CheckSection() {
  const say = useWords();
  const { checked, isAtWork, error, begin, stop } = useCheck();
  return (
    <section className={style.section} aria-labelledby="check">
      <h2 id="check">{say("health.check.title")}</h2>
      <p>{say("health.check.about")}</p>
      <p>{say("health.repair.about")}</p>
      <div className={style.actions}>
        {isAtWork ? (
          <Button icon={Square} onPress={stop}>
            {say("health.check.stop")}
          </Button>
        ) : (
          <>
            <Button look="main" icon={ShieldCheck} onPress={() => begin(false)}>
              {say("health.check.go")}
            </Button>
            <Button icon={Wrench} onPress={() => begin(true)}>
              {say("health.repair.go")}
            </Button>
          </>
        )}
      </div>
      {isAtWork && checked.progress && <Progress progress={checked.progress} />}
      {error !== null && <Problem error={error} />}
      <div className={style.wide} role="status">
        {checked.summary && <Summary summary={checked.summary} />}
      </div>
      <ul className={style.findings}>
        {checked.findings.map((finding, place) => (
          <FindingCard key={place} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

function Progress({ progress: { subject, done, total } }: { readonly progress: CheckProgress }) {
  const say = useWords();
  const label = say("health.check.progress", { subject: say(SUBJECTS[subject]), done: Number(done), total: Number(total) });
  return (
    <div className={style.bars}>
      <Meter label={label} done={Number(done)} total={Number(total)} />
    </div>
  );
}

function Summary({ summary }: { readonly summary: CheckSummary }) {
  const say = useWords();
  if (summary.findings === 0n) return <p>{say("health.check.none")}</p>;
  const { findings, mended, queued, quarantined, needsPerson } = summary;
  const counts = { findings: Number(findings), mended: Number(mended), queued: Number(queued), quarantined: Number(quarantined) };
  return <p>{say("health.check.summary", { ...counts, person: Number(needsPerson) })}</p>;
}

function FindingCard({ finding }: { readonly finding: Finding }) {
  const say = useWords();
  const { title, remedy, detail, path, quarantinePath, documentId, outcome } = finding;
  return (
    <li className={style.finding}>
      <strong lang="en">{title}</strong>
      {outcome === FindingOutcome.NEEDS_PERSON && <Chip text={remedy} look="warn" />}
      {outcome !== FindingOutcome.NEEDS_PERSON && remedy !== "" && <span lang="en">{remedy}</span>}
      {detail !== "" && <small lang="en">{detail}</small>}
      {path !== "" && <code>{quarantinePath === "" ? path : `${path} → ${quarantinePath}`}</code>}
      {documentId !== "" && (
        <Link to="/documents/$documentId" params={{ documentId }}>
          {say("health.document")}
        </Link>
      )}
    </li>
  );
}
