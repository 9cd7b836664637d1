import { Fragment } from "react";

import { isMac, keyName } from "@/app/keys/keyNames";
import { useShownShortcuts } from "@/app/keys/shortcuts";
import { Dialog } from "@/parts/Dialog";
import { useWords } from "@/words/words";

import style from "./KeyList.module.css";

/** All that the keyboard does on the page that is shown. */
export function KeyList({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const say = useWords();
  const shortcuts = useShownShortcuts();
  return (
    <Dialog title={say("app.keys.title")} isOpen={isOpen} onClose={onClose}>
      <dl className={style.list}>
        {shortcuts.map(({ keys, word }) => (
          <Fragment key={keys}>
            <dt>
              {keys.split(" ").map((key, place) => (
                <Fragment key={place}>
                  {place > 0 && <span className={style.then}>{say("app.keys.then")}</span>}
                  <kbd>{keyName(key, isMac(), say)}</kbd>
                </Fragment>
              ))}
            </dt>
            <dd>{say(word)}</dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}
