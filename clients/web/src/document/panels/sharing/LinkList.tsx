import { Lock, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import type { Standing } from "@/document/panels/sharing/linkTerms";
import { Button, IconButton } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { Chip } from "@/parts/Chip";
import { Dialog } from "@/parts/Dialog";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords, type WordId } from "@/words/words";

import style from "./sharing.module.css";

/** A link as its line tells of it: one by which people read, or by which they add. */
export interface ToldLink {
  readonly id: string;
  readonly name: string;
  readonly standing: Standing;
  readonly hasPassword: boolean;
  /** What else there is to say of it; what is "" is left out. */
  readonly facts: readonly string[];
  readonly more?: string | undefined;
}

interface LinkListProps {
  readonly label: string;
  readonly links: readonly ToldLink[];
  /** What is said once a link was turned off, and on. */
  readonly turned: { readonly off: WordId; readonly on: WordId };
  readonly onTurn: (id: string, disabled: boolean) => Promise<unknown>;
  readonly onTakeBack: (id: string) => Promise<unknown>;
  readonly onEdit?: (id: string) => void;
}

/** Links as they stand: turned off and on again, or taken back for ever, which is asked about since their addresses cannot come back. */
export function LinkList({ label, links, turned, onTurn, onTakeBack, onEdit }: LinkListProps) {
  const say = useWords();
  const explain = useExplanation();
  const [leaving, setLeaving] = useState<ToldLink | null>(null);
  const attempt = (act: Promise<unknown>, then: () => void) => void act.then(then, (error: unknown) => notifyWrong(explain(error)));
  const turn = (id: string, disabled: boolean, isUndo = false) =>
    attempt(onTurn(id, disabled), () => notify(say(disabled ? turned.off : turned.on), isUndo ? undefined : () => turn(id, !disabled, true)));
  const takeBack = ({ id }: ToldLink) => {
    setLeaving(null);
    attempt(onTakeBack(id), () => notify(say("panels.link.deleted")));
  };
  return (
    <>
      <ul className={style.links} aria-label={label}>
        {links.map((link) => (
          <LinkLine key={link.id} link={link} onTurn={(disabled) => turn(link.id, disabled)} onTakeBack={() => setLeaving(link)} onEdit={onEdit && (() => onEdit(link.id))} />
        ))}
      </ul>
      {leaving && (
        <Dialog
          title={say("panels.link.delete")}
          isOpen
          onClose={() => setLeaving(null)}
          actions={
            <>
              <Button onPress={() => setLeaving(null)}>{say("parts.cancel")}</Button>
              <Button look="danger" onPress={() => takeBack(leaving)}>
                {say("panels.link.delete.go")}
              </Button>
            </>
          }
        >
          <p>{say("panels.link.delete.about", { name: leaving.name || say("panels.link.unnamed") })}</p>
        </Dialog>
      )}
    </>
  );
}

interface LinkLineProps {
  readonly link: ToldLink;
  readonly onTurn: (disabled: boolean) => void;
  readonly onTakeBack: () => void;
  readonly onEdit: (() => void) | undefined;
}

function LinkLine({ link: { name: given, standing, hasPassword, facts, more }, onTurn, onTakeBack, onEdit }: LinkLineProps) {
  const say = useWords();
  const name = given || say("panels.link.unnamed");
  return (
    <li className={style.link}>
      <div className={style.linkHead}>
        <strong>{name}</strong>
        <Chip text={say(`panels.link.standing.${standing}`)} look={standing === "open" ? "good" : "plain"} />
        {hasPassword && <Lock size={16} role="img" aria-label={say("panels.link.has_password")} />}
      </div>
      <p className={style.about}>{facts.filter(Boolean).join(" · ")}</p>
      {more && <p className={style.about}>{more}</p>}
      <div className={style.linkActions}>
        {(standing === "open" || standing === "off") && (
          <Switch isSelected={standing === "open"} onChange={(isOn) => onTurn(!isOn)}>
            {say("panels.link.works")}
          </Switch>
        )}
        <span className={style.linkTools}>
          {onEdit && <IconButton icon={Pencil} label={say("sources.edit_named", { name })} onPress={onEdit} />}
          <IconButton icon={Trash2} label={say("panels.link.delete_named", { name })} onPress={onTakeBack} />
        </span>
      </div>
    </li>
  );
}
