import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";

import { linesInSight, linesToDraw, type Sight, wayTo } from "@/library/inSight";

import style from "./VirtualLines.module.css";

// What stands over the list while one scrolls: the search box above, on phones the places below.
const COVERED_ABOVE = 150;
const COVERED_BELOW = 80;
const BEYOND = 6;

interface VirtualLinesProps {
  readonly count: number;
  /** Of a line, all being as high as each other. */
  readonly height: number;
  /** A line that stays, since it has the focus, and is scrolled to when another gets it. */
  readonly kept: number | null;
  readonly onRange: (first: number, last: number) => void;
  readonly children: (line: number) => ReactNode;
}

/** Lines of a list as long as may be, of which those in sight are there. */
export function VirtualLines({ count, height, kept, onRange, children }: VirtualLinesProps) {
  const place = useRef<HTMLDivElement>(null);
  const margin = useDistanceFromTop(place);
  const [first, last] = useLinesInSight(margin, height, count);
  useEffect(() => onRange(first, last), [onRange, first, last]);
  const reach = useEffectEvent((line: number) => {
    const { top, bottom } = sightFrom(margin);
    const way = wayTo(line, { top: top + COVERED_ABOVE, bottom: bottom - COVERED_BELOW }, height);
    if (way !== 0) window.scrollBy({ top: way, behavior: "instant" });
  });
  useEffect(() => {
    if (kept !== null) reach(kept);
  }, [kept]);
  return (
    <div ref={place} role="presentation" className={style.lines} style={{ height: count * height }}>
      {linesToDraw([first, last], BEYOND, kept, count).map((line) => (
        <div key={line} role="presentation" className={style.line} style={{ height, transform: `translateY(${line * height}px)` }}>
          {children(line)}
        </div>
      ))}
    </div>
  );
}

function useLinesInSight(margin: number, height: number, count: number): readonly [number, number] {
  const [lines, setLines] = useState<readonly [number, number]>([0, 0]);
  useLayoutEffect(() => {
    const look = () => {
      const [first, last] = linesInSight(sightFrom(margin), height, count);
      setLines((now) => (now[0] === first && now[1] === last ? now : [first, last]));
    };
    look();
    const heard = new AbortController();
    window.addEventListener("scroll", look, { passive: true, signal: heard.signal });
    window.addEventListener("resize", look, { signal: heard.signal });
    return () => heard.abort();
  }, [margin, height, count]);
  return lines;
}

function sightFrom(margin: number): Sight {
  const top = window.scrollY - margin;
  return { top, bottom: top + window.innerHeight };
}

/** How far down the page an element begins; what stands above it may grow. */
function useDistanceFromTop(element: React.RefObject<HTMLElement | null>): number {
  const [distance, setDistance] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      const top = element.current?.getBoundingClientRect().top ?? 0;
      setDistance(Math.round(top + window.scrollY));
    });
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return distance;
}

/** Gives an element's width as it is now, and 0 before it is there. */
export function useWidth(): readonly [(element: HTMLElement | null) => void, number] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, width];
}
