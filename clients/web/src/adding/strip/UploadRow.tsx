import { Link } from "@tanstack/react-router";
import { FileSearch, FileUp, Pause, Play, RotateCw, X } from "lucide-react";
import { FileTrigger } from "react-aria-components";

import { useUploadWords } from "@/adding/strip/uploadWords";
import type { Upload } from "@/adding/uploads/queue";
import { useUploads } from "@/adding/uploads/useUploads";
import { IconButton } from "@/parts/Button";
import { Meter } from "@/parts/Meter";
import { notify, notifyWrong } from "@/parts/notices";
import { useWords } from "@/words/words";

import style from "./Strip.module.css";

/** A file on its way: how much has arrived, why it waits, and what can be done about it. */
export function UploadRow({ upload }: { readonly upload: Upload }) {
  const words = useUploadWords();
  const { name, state, received, size, sent } = upload;
  const isWrong = state === "refused" || state === "missing";
  return (
    <li className={style.row} data-wordy={isWrong || undefined}>
      <FileUp size={18} aria-hidden className={style.icon} />
      <span className={style.name}>{sent?.documentId ? <Link to="/documents/$documentId" params={{ documentId: sent.documentId }}>{name}</Link> : name}</span>
      {!isWrong && <span className={style.way}><Meter label={name} hideLabel done={received} total={Math.max(size, 1)} /></span>}
      <span className={style.words} data-look={isWrong ? "wrong" : sent?.isDuplicate ? "warn" : sent ? "good" : undefined}>
        {words(upload)}
      </span>
      <UploadButtons upload={upload} />
    </li>
  );
}

function UploadButtons({ upload: { id, name, size, state } }: { readonly upload: Upload }) {
  const say = useWords();
  const uploads = useUploads();
  const leave = () => {
    const putBack = uploads.remove(id);
    if (state !== "sent" && state !== "refused") notify(say("adding.not_sent", { name }), putBack);
  };
  const choose = (file: File | undefined) => {
    if (file && !uploads.find(id, file)) notifyWrong(say("adding.other_file", { name }));
  };
  return (
    <span className={style.buttons}>
      {(state === "waiting" || state === "sending") && <IconButton icon={Pause} label={say("adding.pause", { name })} onPress={() => uploads.pause(id)} />}
      {state === "paused" && <IconButton icon={Play} label={say("adding.resume", { name })} onPress={() => uploads.resume(id)} />}
      {state === "held" && <IconButton icon={RotateCw} label={say("adding.now", { name })} onPress={() => uploads.resume(id)} />}
      {state === "refused" && size > 0 && <IconButton icon={RotateCw} label={say("adding.retry", { name })} onPress={() => uploads.retry(id)} />}
      {state === "missing" && (
        <FileTrigger onSelect={(list) => choose(list?.[0])}>
          <IconButton icon={FileSearch} label={say("adding.choose_again", { name })} />
        </FileTrigger>
      )}
      <IconButton icon={X} label={say(state === "sent" || state === "refused" ? "adding.put_away" : "adding.leave", { name })} onPress={leave} />
    </span>
  );
}
