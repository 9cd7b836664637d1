import type { Notification } from "@sdk/scriba/v1/notifications_pb.js";
import { Pencil, Send, Trash2 } from "lucide-react";

import { IconButton } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { TimeAgo } from "@/parts/TimeAgo";
import { eventsCalled, wayCalled } from "@/settings/notifications/names";
import { useNotificationDeeds } from "@/settings/notifications/useNotificationDeeds";
import { useWords } from "@/words/words";

import style from "./notifications.module.css";

interface NotificationEntryProps {
  readonly notification: Notification;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** A notification: of what, how, and how that goes. */
export function NotificationEntry({ notification, onEdit, onRemove }: NotificationEntryProps) {
  const say = useWords();
  const { turn, test, isPending } = useNotificationDeeds();
  const { name, way, events, url, disabled, error, errorTime, toldTime } = notification;
  return (
    <li className={style.entry}>
      <span className={style.what}>
        <strong>{name}</strong>
        <small>{eventsCalled(events).map((event) => say(`notifications.event.${event}`)).join(" · ")}</small>
        <small>{[say(`notifications.way.${wayCalled(way)}`), hostOf(url)].filter(Boolean).join(" · ")}</small>
      </span>
      <span className={style.switches}>
        <Switch aria-label={say("notifications.enabled", { name })} isSelected={!disabled} isDisabled={isPending} onChange={(isOn) => void turn(notification, isOn)} />
        <IconButton icon={Send} label={say("notifications.test", { name })} isDisabled={isPending} onPress={() => void test(notification)} />
        <IconButton icon={Pencil} label={say("notifications.edit_named", { name })} onPress={onEdit} />
        <IconButton icon={Trash2} label={say("parts.remove", { what: name })} onPress={onRemove} />
      </span>
      {error !== "" ? (
        <p className={style.failure}>
          {say("notifications.failed")} <TimeAgo time={errorTime} />: <span lang="en">{error}</span>
        </p>
      ) : (
        toldTime && (
          <p className={style.standing}>
            {say("notifications.told")} <TimeAgo time={toldTime} />
          </p>
        )
      )}
    </li>
  );
}

/** Says where it goes; the rest of an address may be a secret of its own. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}
