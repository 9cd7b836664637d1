import { addressOf } from "@/document/panels/sharing/linkTerms";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { QrCode } from "@/parts/QrCode";
import { ShownOnce } from "@/parts/ShownOnce";
import { useWords } from "@/words/words";

import style from "./sharing.module.css";

interface NewLinkDialogProps {
  readonly made: Parameters<typeof addressOf>[0];
  readonly onClose: () => void;
}

/** The address of a new link, which is told this once: to copy, and to take up with a camera. */
export function NewLinkDialog({ made, onClose }: NewLinkDialogProps) {
  const say = useWords();
  const address = addressOf(made, globalThis.location.origin);
  return (
    <Dialog title={say("panels.link.made")} isOpen onClose={onClose} actions={<Button onPress={onClose}>{say("parts.close")}</Button>}>
      <ShownOnce label={say("panels.link.address")} text={address} />
      <div className={style.code}>
        <QrCode text={address} label={say("panels.link.code")} />
      </div>
    </Dialog>
  );
}
