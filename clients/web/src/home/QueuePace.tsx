import { useFormats } from "@/formats/formats";
import { usePace } from "@/home/usePace";
import { secondsFor } from "@/parts/pace";
import { useWords } from "@/words/words";

/** How fast pages are read at present, and until when those that wait will be. */
export function QueuePace({ pages }: { readonly pages: number }) {
  const say = useWords();
  const { span } = useFormats();
  const pace = usePace();
  if (!pace) return null;
  const seconds = pages > 0 ? secondsFor(pages, pace) : null;
  return <small>{seconds === null ? say("home.pace", { pages: pace.minute }) : say("home.pace.until", { pages: pace.minute, time: span(seconds) })}</small>;
}
