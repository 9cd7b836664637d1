import type { TroubleKind } from "@/adding/uploads/outcomes";
import type { Upload } from "@/adding/uploads/queue";
import { useFormats } from "@/formats/formats";
import { useWords, type WordId } from "@/words/words";

const TROUBLE_WORDS: Readonly<Record<TroubleKind, WordId>> = {
  offline: "adding.trouble.offline",
  no_space: "adding.trouble.no_space",
  storage: "adding.trouble.storage",
  signed_out: "adding.trouble.signed_out",
  over_bound: "adding.trouble.over_bound",
  too_large: "adding.trouble.too_large",
  hidden: "adding.trouble.hidden",
  empty: "adding.trouble.empty",
  unreadable: "adding.trouble.unreadable",
  other: "adding.trouble.other",
};

/** Gives a function that says how an upload stands, in one line. */
export function useUploadWords(): (upload: Upload) => string {
  const say = useWords();
  const formats = useFormats();
  return ({ state, received, size, trouble, sent }) => {
    const sizes = { done: formats.size(received), total: formats.size(size) };
    switch (state) {
      case "waiting":
        return say("adding.upload.waiting", sizes);
      case "sending":
        return say("adding.upload.sending", sizes);
      case "paused":
        return say("adding.upload.paused", sizes);
      case "missing":
        return say("adding.upload.missing");
      case "sent":
        return say(sent?.isDuplicate ? "adding.upload.duplicate" : "adding.upload.sent");
      case "held":
      case "refused":
        return trouble ? say(TROUBLE_WORDS[trouble.kind], { words: trouble.words, ...sizes }) : say("adding.upload.sending", sizes);
    }
  };
}
