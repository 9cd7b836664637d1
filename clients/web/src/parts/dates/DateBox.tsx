import { useFormats } from "@/formats/formats";
import { later } from "@/parts/later";
import { TextField } from "@/parts/TextField";

export interface DateBoxProps {
  readonly label: string;
  /** ISO 8601 without a zone: a day, or with `hasTime` a day and a time of day; "" for none. */
  readonly value: string;
  /** Hears of a value once it is whole and one has left the box, pressed Enter, or chosen it in the calendar. */
  readonly onChange: (value: string) => void;
  readonly hasTime?: boolean;
  readonly hint?: string | undefined;
  /** What is wrong with the value, in words; nothing when all is well. */
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}

/** A day, typed in the order of the reader's language or chosen in a calendar, which is large: most pages need none. */
export const DateBox = later<DateBoxProps>(async () => (await import("./DateEntry")).DateEntry, (props) => <WaitingBox {...props} />);

function WaitingBox({ label, value, hint }: DateBoxProps) {
  const { day } = useFormats();
  return <TextField label={label} value={day(value.slice(0, 10))} isReadOnly hint={hint} />;
}
