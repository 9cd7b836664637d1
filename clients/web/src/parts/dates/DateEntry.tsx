import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from "react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  FieldError,
  Group,
  Heading,
  Label,
  Popover,
  Text,
} from "react-aria-components";
import { useIntl } from "react-intl";

import { faultOf } from "@/parts/faults";
import fields from "@/parts/fields.module.css";

import type { DateBoxProps } from "./DateBox";
import { copiedDay, dayFrom, isoOf } from "./dateText";

import style from "./dates.module.css";

/** The box of DateBox, with its calendar. */
export function DateEntry({ label, value, onChange, hasTime = false, hint, error, autoFocus = false }: DateBoxProps) {
  const { locale } = useIntl();
  const draft = useDraft(value, onChange);
  const isOpen = useRef(false);
  const paste = (event: ClipboardEvent) => {
    const day = copiedDay(event.clipboardData.getData("text"), locale);
    if (!day || hasTime) return;
    event.preventDefault();
    draft.set(isoOf(day));
  };
  return (
    <DatePicker
      key={draft.turn}
      className={fields.field ?? ""}
      value={dayFrom(draft.text, hasTime)}
      onChange={(day) => {
        const text = isoOf(day && "offset" in day ? null : day);
        if (isOpen.current) draft.choose(text);
        else draft.set(text);
      }}
      granularity={hasTime ? "minute" : "day"}
      shouldForceLeadingZeros
      {...faultOf(error)}
      autoFocus={autoFocus}
      onBlur={draft.leave}
      onOpenChange={(opens) => {
        isOpen.current = opens;
      }}
    >
      <Label className={fields.label ?? ""}>{label}</Label>
      <Group className={fields.group ?? ""} onPaste={paste} onKeyDownCapture={draft.onKey}>
        <DateInput className={`${fields.input} ${style.input}`}>{(segment) => <DateSegment segment={segment} className={style.segment ?? ""} />}</DateInput>
        <Button className={fields.opener ?? ""}>
          <CalendarDays size={16} aria-hidden />
        </Button>
      </Group>
      {hint && (
        <Text slot="description" className={fields.hint ?? ""}>
          {hint}
        </Text>
      )}
      <FieldError className={fields.error ?? ""}>{error}</FieldError>
      <Popover className={fields.popover ?? ""} placement="bottom end">
        <Dialog className={style.dialog ?? ""}>
          <MonthSheet />
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

function MonthSheet() {
  return (
    <Calendar>
      <header className={style.month}>
        <Button slot="previous" className={style.step ?? ""}>
          <ChevronLeft size={18} aria-hidden />
        </Button>
        <Heading className={style.title ?? ""} />
        <Button slot="next" className={style.step ?? ""}>
          <ChevronRight size={18} aria-hidden />
        </Button>
      </header>
      <CalendarGrid className={style.days ?? ""}>{(date) => <CalendarCell date={date} className={style.day ?? ""} />}</CalendarGrid>
    </Calendar>
  );
}

/** Holds what is typed until it is meant: a year that is being typed is a year already. */
function useDraft(value: string, onChange: (value: string) => void) {
  const [draft, set] = useState<string | null>(null);
  const [isTouched, setTouched] = useState(false);
  // Another turn draws the box anew, since it would keep a day of which some figures lack.
  const [turn, setTurn] = useState(0);
  /** Takes a day of the calendar at once: one that was typed before is not meant any more. */
  const choose = (day: string) => {
    set(null);
    if (day !== value) onChange(day);
  };
  const keep = () => {
    if (draft !== null) choose(draft);
  };
  const leave = () => {
    keep();
    if (draft === null && isTouched) setTurn(turn + 1);
    setTouched(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && draft !== null) {
      event.preventDefault();
      keep();
    } else if (event.key === "Escape" && draft !== null) {
      event.stopPropagation();
      set(null);
    } else setTouched(true);
  };
  return { text: draft ?? value, turn, set, choose, leave, onKey };
}
