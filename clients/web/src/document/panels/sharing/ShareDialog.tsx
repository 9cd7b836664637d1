import { useMutation } from "@connectrpc/connect-query";
import { ShareContent, ShareService } from "@sdk/scriba/v1/shares_pb.js";
import { type SubmitEvent, useId, useState } from "react";

import { useRefreshedLinks } from "@/document/panels/sharing/ShareLinks";
import { dayAhead, downloadsFrom, endOfDay } from "@/document/panels/sharing/linkTerms";
import { NewLinkDialog } from "@/document/panels/sharing/NewLinkDialog";
import { Button } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { DateBox } from "@/parts/dates/DateBox";
import { Dialog } from "@/parts/Dialog";
import { useExplanation } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "./sharing.module.css";

const DAYS = 14;

interface ShareDialogProps {
  readonly documentIds: readonly string[];
  /** What visitors read as a title, to begin with. */
  readonly name: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Makes a link by which anybody reads these documents, and shows its address this once. */
export function ShareDialog({ isOpen, ...props }: ShareDialogProps) {
  return isOpen ? <OpenShareDialog {...props} /> : null;
}

type Content = "archive" | "original";

function OpenShareDialog({ documentIds, name, onClose }: Omit<ShareDialogProps, "isOpen">) {
  const say = useWords();
  const explain = useExplanation();
  const refresh = useRefreshedLinks();
  const form = useId();
  const creating = useMutation(ShareService.method.createShareLink);
  const [title, setTitle] = useState(name);
  const [until, setUntil] = useState(() => dayAhead(DAYS, new Date()));
  const [password, setPassword] = useState("");
  const [downloads, setDownloads] = useState("");
  const [content, setContent] = useState<Content>("archive");
  const maxDownloads = downloadsFrom(downloads);
  const wrong: Readonly<Record<string, string>> = creating.error ? refusalOf(creating.error).violations : {};
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    if (maxDownloads === null || creating.isPending) return;
    const expireTime = endOfDay(until);
    const link = { name: title.trim(), documentIds: [...documentIds], content: content === "original" ? ShareContent.ORIGINALS : ShareContent.ARCHIVES, password, maxDownloads, ...(expireTime && { expireTime }) };
    await creating.mutateAsync({ link }).then(refresh, () => undefined); // told below
  };
  if (creating.data) return <NewLinkDialog made={creating.data} onClose={onClose} />;
  return (
    <Dialog
      title={say("panels.link.new", { count: documentIds.length })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="main" type="submit" form={form} isDisabled={creating.isPending || maxDownloads === null}>
            {say("panels.link.make")}
          </Button>
        </>
      }
    >
      <p className={style.about}>{say("panels.link.about")}</p>
      <form id={form} className={style.part} onSubmit={(event) => void make(event)}>
        <TextField label={say("panels.link.name")} hint={say("panels.link.name.hint")} value={title} onChange={setTitle} maxLength={200} error={wrong["link.name"]} />
        <DateBox label={say("panels.link.until")} value={until} onChange={setUntil} hint={say("panels.link.until.hint")} error={wrong["link.expire_time"]} />
        <TextField label={say("panels.link.password")} type="password" autoComplete="new-password" value={password} onChange={setPassword} hint={say("panels.link.password.hint")} error={wrong["link.password"]} />
        <TextField label={say("panels.link.downloads")} inputMode="numeric" value={downloads} onChange={setDownloads} hint={say("panels.link.downloads.hint")} error={maxDownloads === null ? say("panels.link.downloads.wrong") : undefined} />
        <Choice<Content>
          label={say("panels.link.content")}
          value={content}
          onChange={setContent}
          options={[
            { value: "archive", text: say("panels.link.archives") },
            { value: "original", text: say("panels.link.originals") },
          ]}
        />
      </form>
      {creating.error && Object.keys(wrong).length === 0 && <p role="alert">{explain(creating.error)}</p>}
    </Dialog>
  );
}
