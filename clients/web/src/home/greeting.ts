export type Greeting = "morning" | "day" | "evening" | "night";

/** Tells which part of the day an hour of 0 to 23 lies in. */
export function greetingAt(hour: number): Greeting {
  if (hour >= 5 && hour < 11) return "morning";
  if (hour >= 11 && hour < 18) return "day";
  return hour >= 18 && hour < 23 ? "evening" : "night";
}
