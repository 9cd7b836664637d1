import { useQuery } from "@connectrpc/connect-query";
import { SearchService } from "@sdk/scriba/v1/search_pb.js";
import { keepPreviousData } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";

import { useFormats } from "@/formats/formats";
import { GrammarHelp } from "@/library/GrammarHelp";
import { RefusedQuery } from "@/library/RefusedQuery";
import { codePointsBefore, completed, type Typed } from "@/library/typing";
import { IconButton } from "@/parts/Button";
import { useWords } from "@/words/words";

import style from "./SearchBox.module.css";

const PAUSE_MILLISECONDS = 300;
const OFFERED = 8;

interface SearchBoxProps {
  readonly label: string;
  /** What is searched for. */
  readonly q: string;
  /** `isSettled` tells that the reader wanted it, and did not only pause. */
  readonly onSearch: (q: string, isSettled: boolean) => void;
  /** Why the query was refused, and how far it stands behind the begin of what the server was asked. */
  readonly error: unknown;
  readonly shift: number;
  readonly input: RefObject<HTMLInputElement | null>;
}

/** One box for words, fields and all else the grammar knows; it completes what is being typed. */
export function SearchBox({ label, q, onSearch, error, shift, input }: SearchBoxProps) {
  const say = useWords();
  const id = useId();
  const { text, type } = useDraft(q, onSearch);
  const [asked, setAsked] = useState<Typed | null>(null);
  const [active, setActive] = useState<number | null>(null);
  const { suggestions, start } = useSuggestions(asked);
  const isOpen = suggestions.length > 0;
  const close = () => {
    setAsked(null);
    setActive(null);
  };
  const take = (place: number) => {
    const suggestion = suggestions[place];
    if (!asked || !suggestion) return;
    const next = completed(asked, start, suggestion.text);
    type(next.text);
    setActive(null);
    setAsked(/[:.]$/.test(suggestion.text) ? next : null);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.cursor, next.cursor));
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && isOpen) {
      event.preventDefault();
      setActive(nextPlace(active, step, suggestions.length));
    } else if ((event.key === "Enter" || event.key === "Tab") && active !== null) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Enter") {
      close();
      type(text, true);
    } else if (event.key === "Escape") {
      if (isOpen) close();
      else input.current?.blur();
      event.preventDefault();
    }
  };
  return (
    <search className={style.box}>
      <div className={style.field}>
        <Search size={20} aria-hidden />
        <input
          ref={input}
          type="text"
          inputMode="search"
          className={style.input}
          role="combobox"
          aria-label={label}
          aria-expanded={isOpen}
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-activedescendant={active === null ? undefined : `${id}${active}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}refused` : undefined}
          placeholder={say("library.search.placeholder")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={4000}
          value={text}
          onChange={({ target }) => {
            type(target.value);
            setActive(null);
            setAsked({ text: target.value, cursor: target.selectionStart ?? target.value.length });
          }}
          onKeyDown={press}
          onBlur={close}
        />
        <span className={style.tools}>
          {text !== "" && <IconButton icon={X} label={say("parts.clear")} onPress={() => (type("", true), input.current?.focus())} />}
          <GrammarHelp onTry={(example) => (type(example, true), input.current?.focus())} />
        </span>
      </div>
      {isOpen && <Suggestions id={id} suggestions={suggestions} active={active} onTake={take} />}
      {Boolean(error) && !isOpen && <RefusedQuery id={`${id}refused`} error={error} q={q} shift={shift} />}
    </search>
  );
}

interface SuggestionsProps {
  readonly id: string;
  readonly suggestions: readonly { readonly text: string; readonly documentCount: bigint }[];
  readonly active: number | null;
  readonly onTake: (place: number) => void;
}

function Suggestions({ id, suggestions, active, onTake }: SuggestionsProps) {
  const say = useWords();
  const formats = useFormats();
  return (
    <ul id={`${id}list`} role="listbox" aria-label={say("library.search.suggestions")} className={style.list}>
      {suggestions.map(({ text, documentCount }, place) => (
        <li
          key={text}
          id={`${id}${place}`}
          role="option"
          aria-selected={place === active}
          className={style.option}
          // The box keeps the focus, so that one types on.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(place)}
        >
          <span>{text}</span>
          {documentCount > 0n && <small>{formats.count(documentCount)}</small>}
        </li>
      ))}
    </ul>
  );
}

function useSuggestions(asked: Typed | null) {
  const cursor = asked ? codePointsBefore(asked.text, asked.cursor) : 0;
  const isAsked = asked !== null && cursor > 0;
  const { data } = useQuery(
    SearchService.method.suggestQueries,
    { query: asked?.text ?? "", cursor, pageSize: OFFERED },
    { enabled: isAsked, placeholderData: keepPreviousData },
  );
  return { suggestions: isAsked ? (data?.suggestions ?? []) : [], start: data?.start ?? 0 };
}

/** What is typed until it is searched for: after a pause, or at once. */
function useDraft(q: string, onSearch: SearchBoxProps["onSearch"]) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly over: readonly string[] } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // A query that comes from elsewhere, by a filter or the way back, takes the place of what was typed.
  const isOwn = draft?.over.includes(q) ?? false;
  if (draft && (draft.text === q || !isOwn)) setDraft(null);
  const send = (text: string, isSettled: boolean) => {
    setDraft((now) => now && { ...now, over: [...now.over, text] });
    onSearch(text, isSettled);
  };
  const type = (text: string, isSettled = false) => {
    clearTimeout(timer.current);
    setDraft({ text, over: [...(draft?.over ?? []), q] });
    if (isSettled) send(text, true);
    else timer.current = setTimeout(() => send(text, false), PAUSE_MILLISECONDS);
  };
  return { text: draft && isOwn ? draft.text : q, type };
}

function nextPlace(place: number | null, step: number, count: number): number | null {
  const next = place === null ? (step > 0 ? 0 : count - 1) : place + step;
  return next < 0 || next >= count ? null : next;
}
