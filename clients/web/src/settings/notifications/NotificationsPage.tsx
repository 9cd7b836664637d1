import { useQuery } from "@connectrpc/connect-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type Notification, NotificationService } from "@sdk/scriba/v1/notifications_pb.js";
import { BellRing, Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/parts/Button";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { NotificationDialog } from "@/settings/notifications/NotificationDialog";
import { NotificationEntry } from "@/settings/notifications/NotificationEntry";
import { RemovalDialog } from "@/settings/notifications/RemovalDialog";
import { useWords } from "@/words/words";

import style from "./notifications.module.css";

const NEW = "new";
const LOOK_MILLISECONDS = 10_000;

/** What somebody is told of documents, and by which way. */
export function NotificationsPage() {
  const say = useWords();
  const navigate = useNavigate();
  const { open } = useSearch({ from: "/inside/settings/$subject" });
  const [leaving, setLeaving] = useState<Notification | null>(null);
  const go = (id?: string) => void navigate({ to: ".", search: id === undefined ? {} : { open: id }, replace: id === undefined });
  const { data, error, isPending, refetch } = useQuery(NotificationService.method.listNotifications, {}, { refetchInterval: LOOK_MILLISECONDS });
  const notifications = data?.notifications ?? [];
  const opened = notifications.find(({ id }) => id === open);
  const make = (
    <Button icon={Plus} look="main" onPress={() => go(NEW)}>
      {say("notifications.new")}
    </Button>
  );
  return (
    <Page title={say("settings.notifications")} width="text" actions={notifications.length > 0 && make}>
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data && notifications.length === 0 && (
        <Empty icon={BellRing} title={say("notifications.none")}>
          <p>{say("notifications.none.about")}</p>
          {make}
        </Empty>
      )}
      {notifications.length > 0 && (
        <ul className={style.list} aria-label={say("settings.notifications")}>
          {notifications.map((notification) => (
            <NotificationEntry key={notification.id} notification={notification} onEdit={() => go(notification.id)} onRemove={() => setLeaving(notification)} />
          ))}
        </ul>
      )}
      {open === NEW && <NotificationDialog notification={null} onClose={() => go()} />}
      {opened && <NotificationDialog key={opened.id} notification={opened} onClose={() => go()} />}
      {leaving && <RemovalDialog notification={leaving} onClose={() => setLeaving(null)} />}
    </Page>
  );
}
