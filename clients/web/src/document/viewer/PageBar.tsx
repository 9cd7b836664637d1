import { ChevronDown, ChevronUp, Minus, Plus, RotateCw, Search } from "lucide-react";
import { useMemo, useState } from "react";
import { Input, TextField } from "react-aria-components";

import { useShortcuts, type Shortcut } from "@/app/keys/shortcuts";
import { useFormats } from "@/formats/formats";
import { IconButton } from "@/parts/Button";
import { Choice, type ChoiceOption } from "@/parts/Choice";
import { useWords } from "@/words/words";

import { FindBar } from "./FindBar";
import type { PdfState, PdfView, Zoom } from "./pdf/PdfView";
import type { Reading } from "./reading";

import style from "./PageBar.module.css";

const FITS = ["auto", "page-width", "page-fit"] as const;
const FACTORS = [0.5, 0.75, 1, 1.5, 2, 3, 4];

interface PageBarProps {
  readonly pages: number;
  readonly reading: Reading;
  readonly view: PdfView | null;
  readonly state: PdfState | null;
}

/** Where one is in a PDF, how large it is shown, and what is looked for in it. */
export function PageBar({ pages, reading, view, state }: PageBarProps) {
  const say = useWords();
  const { page, isFinding, onFinding, query } = reading;
  useShortcuts(useViewerKeys(view, onFinding));
  return (
    <>
      <div className={style.bar} role="toolbar" aria-label={say("document.bar")}>
        <IconButton icon={ChevronUp} label={say("document.page_before")} isDisabled={page <= 1} onPress={() => view?.goTo(page - 1)} />
        <PageBox page={page} pages={pages} onPage={(wanted) => view?.goTo(wanted)} />
        <IconButton icon={ChevronDown} label={say("document.page_after")} isDisabled={page >= pages} onPress={() => view?.goTo(page + 1)} />
        <span className={style.gap} />
        <IconButton icon={Minus} label={say("document.smaller")} onPress={() => view?.zoomOut()} />
        <ZoomChoice state={state} onZoom={(zoom) => view?.zoomTo(zoom)} />
        <IconButton icon={Plus} label={say("document.larger")} onPress={() => view?.zoomIn()} />
        <span className={style.gap} />
        <IconButton icon={RotateCw} label={say("document.turn_view")} onPress={() => view?.turn()} />
        <IconButton icon={Search} label={say("document.find")} onPress={() => onFinding(true)} />
      </div>
      {(isFinding || query !== "") && (
        <FindBar reading={reading} hit={state?.hit ?? 0} hits={state?.hits ?? 0} isSearching={state?.isSearching ?? true} onNext={() => view?.nextHit()} onPrevious={() => view?.previousHit()} />
      )}
    </>
  );
}

export function PageBox({ page, pages, onPage }: { readonly page: number; readonly pages: number; readonly onPage: (page: number) => void }) {
  const say = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const go = () => {
    const wanted = Number(typed);
    if (typed !== null && Number.isInteger(wanted) && wanted > 0) onPage(Math.min(wanted, pages));
    setTyped(null);
  };
  return (
    <span className={style.place}>
      <TextField
        aria-label={say("document.page_box")}
        value={typed ?? String(page)}
        onChange={setTyped}
        onFocus={({ target }) => target.select()}
        onBlur={go}
        onKeyDown={({ key }) => {
          if (key === "Enter") go();
          if (key === "Escape") setTyped(null);
        }}
      >
        <Input inputMode="numeric" className={style.box ?? ""} />
      </TextField>
      <span>{say("document.of_pages", { pages })}</span>
    </span>
  );
}

function ZoomChoice({ state, onZoom }: { readonly state: PdfState | null; readonly onZoom: (zoom: Zoom) => void }) {
  const say = useWords();
  const formats = useFormats();
  const zoom = state?.zoom ?? "auto";
  const factors = typeof zoom === "number" && !FACTORS.includes(zoom) ? [...FACTORS, zoom].sort((one, other) => one - other) : FACTORS;
  const options = [
    ...FITS.map((fit): ChoiceOption<string> => ({ value: fit, text: say(`document.fit.${fit}`) })),
    ...factors.map((factor) => ({ value: String(factor), text: formats.percent(factor) })),
  ];
  return (
    <span className={style.zoom}>
      <Choice hideLabel label={say("document.zoom")} options={options} value={String(zoom)} onChange={(value) => onZoom(FITS.find((fit) => fit === value) ?? Number(value))} />
    </span>
  );
}

function useViewerKeys(view: PdfView | null, onFinding: (isFinding: boolean) => void): readonly Shortcut[] {
  return useMemo(
    () => [
      { keys: "ArrowRight", also: ["PageDown"], word: "document.page_after", act: (event) => stepUnlessScrolled(event, () => view?.goTo(view.state.page + 1)) },
      { keys: "ArrowLeft", also: ["PageUp"], word: "document.page_before", act: (event) => stepUnlessScrolled(event, () => view?.goTo(view.state.page - 1)) },
      { keys: "+", also: ["Shift++", "="], word: "document.larger", act: () => view?.zoomIn() },
      { keys: "-", word: "document.smaller", act: () => view?.zoomOut() },
      { keys: "0", word: "document.fit.auto", act: () => view?.zoomTo("auto") },
      { keys: "w", word: "document.fit.page-width", act: () => view?.zoomTo("page-width") },
      { keys: "t", word: "document.turn_view", act: () => view?.turn() },
      { keys: "n", word: "document.hit_after", act: () => view?.nextHit() },
      { keys: "Shift+N", word: "document.hit_before", act: () => view?.previousHit() },
      {
        keys: "$mod+f",
        word: "document.find",
        act: (event) => {
          event.preventDefault();
          onFinding(true);
        },
      },
    ],
    [view, onFinding],
  );
}

/** Leaves a key to the box of the pages where that scrolls by it. */
function stepUnlessScrolled(event: KeyboardEvent, step: () => void): void {
  const box = event.target instanceof Element ? event.target.closest("[role=region]") : null;
  const scrolls = box && (event.key.startsWith("Page") || box.scrollWidth > box.clientWidth + 1);
  if (scrolls) return;
  event.preventDefault();
  step();
}
