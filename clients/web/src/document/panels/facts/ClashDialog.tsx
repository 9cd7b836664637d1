import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { useIntl } from "react-intl";

import { type Edit, fieldOf } from "@/document/panels/facts/edits";
import { shownValue } from "@/document/panels/facts/shown";
import type { Clash } from "@/document/panels/facts/useDocumentEdit";
import { useFormats } from "@/formats/formats";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { useWords } from "@/words/words";

import style from "./facts.module.css";

interface ClashDialogProps {
  readonly clash: Clash;
  readonly onKeepMine: () => void;
  readonly onClose: () => void;
}

/** Two changed the same: shows both, and lets choose. */
export function ClashDialog({ clash: { edit, mine, theirs }, onKeepMine, onClose }: ClashDialogProps) {
  const say = useWords();
  const shown = useShown(edit);
  const name = edit.path === "fields" ? edit.value.field : say(`panels.facts.${edit.path}`);
  return (
    <Dialog
      title={say("panels.clash.title", { what: name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("panels.clash.theirs")}</Button>
          <Button
            look="main"
            onPress={() => {
              onKeepMine();
              onClose();
            }}
          >
            {say("panels.clash.mine")}
          </Button>
        </>
      }
    >
      <p>{say("panels.clash.about")}</p>
      <dl className={style.clash}>
        <dt>{say("panels.clash.yours")}</dt>
        <dd>{shown(mine) || say("parts.none")}</dd>
        <dt>{say("panels.clash.other")}</dt>
        <dd>{shown(theirs) || say("parts.none")}</dd>
      </dl>
    </Dialog>
  );
}

function useShown(edit: Edit): (document: Document) => string {
  const formats = useFormats();
  const say = useWords();
  const { locale } = useIntl();
  return (document) => {
    switch (edit.path) {
      case "tags":
        return document.tags.join(", ");
      case "createdDate":
        return formats.day(document.createdDate);
      case "archiveSerialNumber":
        return document.archiveSerialNumber === 0n ? "" : document.archiveSerialNumber.toString();
      case "fields":
        return shownValue(fieldOf(document, edit.value.field), locale, (answer) => say(answer ? "panels.yes" : "panels.no"));
      default:
        return document[edit.path];
    }
  };
}
