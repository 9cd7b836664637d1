import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronUp, Pause, Play } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";

import { useJobWords } from "@/adding/jobWords";
import { JobRow } from "@/adding/strip/JobRow";
import { contentOf, type Row, shareDone, type StripContent } from "@/adding/strip/rows";
import { UploadRow } from "@/adding/strip/UploadRow";
import { useUploadWords } from "@/adding/strip/uploadWords";
import { useJobNews } from "@/adding/strip/useJobNews";
import { useJobStream, useLiveJobs } from "@/adding/strip/useLiveJobs";
import type { Queue } from "@/adding/uploads/queue";
import { useUploadQueue, useUploads } from "@/adding/uploads/useUploads";
import { useMay } from "@/app/queries";
import { keep, recall } from "@/kept";
import { IconButton } from "@/parts/Button";
import { Meter } from "@/parts/Meter";
import { useWords } from "@/words/words";

import style from "./Strip.module.css";

// More would take too much of a small window; all of them have a page of their own.
const SHOWN = 3;

/** At the foot of every page: the files and jobs that are at work now. There is nothing while nothing is. */
export function Strip() {
  const say = useWords();
  const jobs = useLiveJobs();
  const queue = useUploadQueue();
  const news = useJobNews(jobs);
  const content = useMemo(() => contentOf(queue, jobs), [queue, jobs]);
  useExpected(queue);
  return (
    <>
      <p className="seen-by-readers-only" role="status">
        {news}
      </p>
      {content.rows.length > 0 && (
        <StripBar label={say("adding.strip")} content={content} queue={queue} />
      )}
    </>
  );
}

interface StripBarProps {
  readonly label: string;
  readonly content: StripContent;
  readonly queue: Queue;
}

function StripBar({ label, content, queue }: StripBarProps) {
  const say = useWords();
  const [isOpen, setIsOpen] = useState(startsOpen);
  const bar = useFootRoom();
  const { rows, counts } = content;
  const { add, edit } = useMay();
  const looks = edit || !add; // who may add alone sees no jobs
  const toggle = () => {
    keep("strip", isOpen ? "closed" : "open");
    setIsOpen(!isOpen);
  };
  return (
    <section ref={bar} className={style.strip} aria-label={label}>
      <div className={style.head}>
        <p className={style.counts}>{say("adding.counts", { working: counts.at_work, waiting: counts.waiting, troubled: counts.troubled, done: counts.done })}</p>
        {!isOpen && rows[0] && <FirstRow row={rows[0]} />}
        <span className={style.whole}>
          <Meter label={say("adding.whole")} hideLabel done={Math.round(shareDone(content) * 100)} total={100} />
        </span>
        {looks && (
          <Link to="/settings/$subject" params={{ subject: "jobs" }} className={style.all}>
            {say("adding.all_jobs")}
          </Link>
        )}
        <PauseAll queue={queue} />
        <IconButton icon={isOpen ? ChevronDown : ChevronUp} label={say(isOpen ? "adding.fold" : "adding.unfold")} aria-expanded={isOpen} onPress={toggle} />
      </div>
      {isOpen && (
        <ul className={style.rows}>
          {rows.slice(0, SHOWN).map((row) => ("job" in row ? <JobRow key={row.key} job={row.job} /> : <UploadRow key={row.key} upload={row.upload} />))}
        </ul>
      )}
    </section>
  );
}

/** What comes first of all, in the one line that is left when the strip is folded. */
function FirstRow({ row }: { readonly row: Row }) {
  const words = useJobWords();
  const uploadWords = useUploadWords();
  const [name, standing] = "job" in row ? [words.name(row.job), words.standing(row.job)] : [row.upload.name, uploadWords(row.upload)];
  return (
    <p className={style.first}>
      {name}: {standing}
    </p>
  );
}

function PauseAll({ queue }: { readonly queue: Queue }) {
  const say = useWords();
  const uploads = useUploads();
  const going = queue.filter(({ state }) => ["waiting", "sending", "held"].includes(state)).map(({ id }) => id);
  const paused = queue.filter(({ state }) => state === "paused").map(({ id }) => id);
  if (going.length + paused.length < 2) return null;
  if (going.length > 0) return <IconButton icon={Pause} label={say("adding.pause_all")} onPress={() => uploads.pause(...going)} />;
  return <IconButton icon={Play} label={say("adding.resume_all")} onPress={() => uploads.resume(...paused)} />;
}

/** Has the stream expect the jobs of the files that were taken in. */
function useExpected(queue: Queue): void {
  const stream = useJobStream();
  useEffect(() => {
    for (const { sent } of queue) if (sent) stream.expect(sent.jobId);
  }, [queue, stream]);
}

/** Tells the page how much room the strip takes at its foot, so that notices and bars stand above it. */
function useFootRoom(): React.RefObject<HTMLElement | null> {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!bar.current) return;
    const { style: root } = document.documentElement;
    const watch = new ResizeObserver(([entry]) => root.setProperty("--strip", `${entry?.borderBoxSize[0]?.blockSize ?? 0}px`));
    watch.observe(bar.current);
    return () => {
      watch.disconnect();
      root.removeProperty("--strip");
    };
  }, []);
  return bar;
}

/** As it was left, else open where there is room. */
function startsOpen(): boolean {
  const kept = recall("strip");
  return kept === null ? globalThis.matchMedia("(min-width: 60.01rem)").matches : kept === "open";
}
