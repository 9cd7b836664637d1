import { useState } from "react";

import { DateBox } from "@/parts/dates/DateBox";

interface InPlaceDateProps {
  readonly label: string;
  readonly value: string;
  /** Null when all is well, else what is wrong. */
  readonly onSave: (text: string) => Promise<string | null>;
  readonly hasTime?: boolean;
}

/** A day that is saved as soon as it is meant. */
export function InPlaceDate({ label, value, onSave, hasTime = false }: InPlaceDateProps) {
  const [wrong, setWrong] = useState<string | null>(null);
  return <DateBox label={label} value={value} hasTime={hasTime} onChange={(text) => void onSave(text).then(setWrong)} error={wrong ?? undefined} />;
}
