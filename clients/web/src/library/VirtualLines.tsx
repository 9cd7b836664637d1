import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef, useState } from "react";

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
  const lines = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: BEYOND,
    scrollMargin: margin,
    scrollPaddingStart: COVERED_ABOVE,
    scrollPaddingEnd: COVERED_BELOW,
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return kept === null || kept >= count || seen.includes(kept) ? seen : [...seen, kept].sort((one, other) => one - other);
    },
  });
  const { startIndex: first = 0, endIndex: last = 0 } = lines.range ?? {};
  useEffect(() => onRange(first, last), [onRange, first, last]);
  useEffect(() => lines.measure(), [lines, height]);
  useEffect(() => {
    if (kept !== null) lines.scrollToIndex(kept, { align: "auto" });
  }, [lines, kept]);
  return (
    <div ref={place} role="presentation" className={style.lines} style={{ height: lines.getTotalSize() }}>
      {lines.getVirtualItems().map(({ index, start }) => (
        <div key={index} role="presentation" className={style.line} style={{ height, transform: `translateY(${start - margin}px)` }}>
          {children(index)}
        </div>
      ))}
    </div>
  );
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
