import type { View } from "@sdk/scriba/v1/catalog_pb.js";
import { Link } from "@tanstack/react-router";
import { PencilLine, Trash2, Users } from "lucide-react";

import { useMay } from "@/app/queries";
import { useViewDeeds } from "@/library/views";
import { IconButton } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { useWords } from "@/words/words";

import style from "./views.module.css";

interface ViewEntryProps {
  readonly view: View;
  /** "" where it is everybody's. */
  readonly owner: string;
  readonly onEdit: () => void;
  readonly onAccess: () => void;
}

export function ViewEntry({ view, owner, onEdit, onAccess }: ViewEntryProps) {
  const say = useWords();
  const { edit } = useMay();
  const { change, remove, told } = useViewDeeds();
  const { id, name, query } = view;
  return (
    <div className={style.entry}>
      <div className={style.what}>
        <Link to="/views/$viewId" params={{ viewId: id }}>
          {name}
        </Link>
        {query === "" ? <small>{say("views.all")}</small> : <code>{query}</code>}
        <small>{owner === "" ? say("views.open") : say("views.of", { name: owner })}</small>
      </div>
      {edit && (
        <>
          <Switch isSelected={view.sidebar} onChange={(sidebar) => told(() => change(view, { sidebar }, ["sidebar"]))} aria-label={say("views.sidebar", { name })}>
            {say("views.in_sidebar")}
          </Switch>
          <Switch isSelected={view.dashboard} onChange={(dashboard) => told(() => change(view, { dashboard }, ["dashboard"]))} aria-label={say("views.dashboard", { name })}>
            {say("views.in_dashboard")}
          </Switch>
          <span className={style.deeds}>
            <IconButton icon={PencilLine} label={say("views.edit", { name })} onPress={onEdit} />
            <IconButton icon={Users} label={say("access.of", { name })} onPress={onAccess} />
            <IconButton icon={Trash2} label={say("parts.remove", { what: name })} onPress={() => told(() => remove(view))} />
          </span>
        </>
      )}
    </div>
  );
}
