import { ConnectError } from "@connectrpc/connect";
import { useMutation } from "@connectrpc/connect-query";
import { ShareContent, ShareService } from "@sdk/scriba/v1/shares_pb.js";
import { type SubmitEvent, useId, useState } from "react";

import { addressesIn, strangerAmong } from "@/document/sending/addresses";
import { Button } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "../panels/sharing/sharing.module.css";

interface SendDialogProps {
  readonly documentIds: readonly string[];
  /** What the subject is to begin with. */
  readonly title: string;
  readonly onClose: () => void;
}

type Content = "archive" | "original";

const MOST_MESSAGE = 10_000;
const MOST_SUBJECT = 200;

/** Sends documents by e-mail, all in one; it stands until the mail server has taken it, and tells in its words why it did not. */
export function SendDialog({ documentIds, title, onClose }: SendDialogProps) {
  const say = useWords();
  const explain = useExplanation();
  const form = useId();
  const sending = useMutation(ShareService.method.sendDocuments);
  const [to, setTo] = useState("");
  const [subject, setSubject] = useState(title.slice(0, MOST_SUBJECT));
  const [message, setMessage] = useState("");
  const [content, setContent] = useState<Content>("archive");
  const [hasTried, setHasTried] = useState(false);
  const addresses = addressesIn(to);
  const stranger = strangerAmong(addresses);
  const refusal = sending.error && refusalOf(sending.error);
  const wrong = refusal?.violations ?? {};
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    setHasTried(true);
    if (addresses.length === 0 || stranger !== undefined || sending.isPending) return;
    const letter = { documentIds: [...documentIds], to: addresses, subject: subject.trim(), message, content: content === "original" ? ShareContent.ORIGINALS : ShareContent.ARCHIVES };
    try {
      await sending.mutateAsync(letter);
      notify(say("document.sent", { to: addresses.join(", "), count: documentIds.length }));
      onClose();
    } catch {
      // Told below.
    }
  };
  return (
    <Dialog
      title={say("document.send.title", { count: documentIds.length })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="main" type="submit" form={form} isDisabled={sending.isPending || addresses.length === 0}>
            {say(sending.isPending ? "document.send.at_work" : "document.send.go")}
          </Button>
        </>
      }
    >
      <form id={form} className={style.part} onSubmit={(event) => void send(event)} noValidate>
        <TextField
          autoFocus
          label={say("document.send.to")}
          hint={say("document.send.to.hint")}
          inputMode="email"
          isVerbatim
          value={to}
          onChange={setTo}
          error={hasTried && stranger !== undefined ? say("document.send.to.wrong", { address: stranger }) : at(wrong, "to")}
        />
        <TextField label={say("document.send.subject")} maxLength={MOST_SUBJECT} value={subject} onChange={setSubject} error={at(wrong, "subject")} />
        <TextField label={say("document.send.message")} multiline maxLength={MOST_MESSAGE} value={message} onChange={setMessage} error={at(wrong, "message")} />
        <Choice<Content>
          label={say("document.send.content")}
          value={content}
          onChange={setContent}
          options={[
            { value: "archive", text: say("panels.link.archives") },
            { value: "original", text: say("panels.link.originals") },
          ]}
        />
      </form>
      {sending.error && Object.keys(wrong).length === 0 && (
        <p className={style.about} role="alert">
          {refusal?.reason ? ConnectError.from(sending.error).rawMessage : explain(sending.error)}
        </p>
      )}
      {at(wrong, "document_ids") !== undefined && <p role="alert">{at(wrong, "document_ids")}</p>}
    </Dialog>
  );
}

/** Gives what is wrong with a part, or with one of several. */
function at(violations: Readonly<Record<string, string>>, part: string): string | undefined {
  return Object.entries(violations).find(([path]) => path === part || path.startsWith(`${part}[`))?.[1];
}
