import type { Field_Option as Option } from "@sdk/scriba/v1/catalog_pb.js";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { useWords } from "@/words/words";

import style from "./fields.module.css";

interface LosingDialogProps {
  readonly lost: readonly Option[];
  readonly onGo: () => void;
  readonly onClose: () => void;
}

/** Asks before options go from all documents, which cannot be undone. */
export function LosingDialog({ lost, onGo, onClose }: LosingDialogProps) {
  const say = useWords();
  return (
    <Dialog
      title={say("fields.losing", { count: lost.length })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="danger" onPress={onGo}>
            {say("fields.losing.go", { count: lost.length })}
          </Button>
        </>
      }
    >
      <p>{say("fields.losing.about")}</p>
      <ul className={style.lost}>
        {lost.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      <p>{say("fields.for_ever")}</p>
    </Dialog>
  );
}
