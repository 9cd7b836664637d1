import { timestampDate, type Timestamp } from "@bufbuild/protobuf/wkt";
import { useEffect, useState } from "react";

import { useFormats } from "@/formats/formats";

const MINUTE_MILLISECONDS = 60_000;

/** How long ago or how soon something is, and to who looks closer, when; it keeps itself current. */
export function TimeAgo({ time }: { readonly time: Timestamp | undefined }) {
  const { ago, moment } = useFormats();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const clock = setInterval(() => setNow(new Date()), MINUTE_MILLISECONDS);
    return () => clearInterval(clock);
  }, []);
  if (!time) return null;
  return (
    <time dateTime={timestampDate(time).toISOString()} title={moment(time)}>
      {ago(time, now)}
    </time>
  );
}
