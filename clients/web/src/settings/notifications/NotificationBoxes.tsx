import { useQuery } from "@connectrpc/connect-query";
import { CatalogService } from "@sdk/scriba/v1/catalog_pb.js";
import type { ReactNode } from "react";

import { Button } from "@/parts/Button";
import { Checkbox } from "@/parts/Checks";
import { Choice } from "@/parts/Choice";
import { PasswordField } from "@/parts/PasswordField";
import { TextField } from "@/parts/TextField";
import { EVENT_NAMES, WAY_NAMES, type WayName } from "@/settings/notifications/names";
import { type Box, needsSecret, type NotificationForm, withEvent } from "@/settings/notifications/notificationForm";
import { useWords } from "@/words/words";

import style from "./notifications.module.css";

interface NotificationBoxesProps {
  readonly form: NotificationForm;
  readonly before: NotificationForm;
  readonly faults: Partial<Record<Box, string>>;
  readonly onChange: (form: NotificationForm) => void;
}

export function NotificationBoxes(props: NotificationBoxesProps) {
  const { form, faults, onChange } = props;
  const say = useWords();
  const hasAddress = form.way !== "email";
  return (
    <div className={style.boxes}>
      <TextField label={say("notifications.name")} autoFocus maxLength={200} value={form.name} onChange={(name) => onChange({ ...form, name })} error={faults.name} />
      <Several legend={say("notifications.events")} error={faults.events}>
        {EVENT_NAMES.map((event) => (
          <Checkbox key={event} isSelected={form.events.includes(event)} onChange={(isWanted) => onChange(withEvent(form, event, isWanted))}>
            {say(`notifications.event.${event}`)}
          </Checkbox>
        ))}
      </Several>
      {form.events.includes("view") && <Views {...props} />}
      {form.events.includes("due") && (
        <TextField label={say("notifications.days")} hint={say("notifications.days.hint")} inputMode="numeric" value={form.days} onChange={(days) => onChange({ ...form, days })} error={faults.days} />
      )}
      <Choice<WayName> label={say("notifications.way")} value={form.way} options={WAY_NAMES.map((value) => ({ value, text: say(`notifications.way.${value}`) }))} onChange={(way) => onChange({ ...form, way })} />
      {hasAddress ? (
        <>
          <TextField label={say("notifications.url")} hint={say(`notifications.url.${form.way}`)} inputMode="url" isVerbatim maxLength={2048} value={form.url} onChange={(url) => onChange({ ...form, url })} error={faults.url} />
          <SecretBox {...props} />
        </>
      ) : (
        <p className={style.standing}>{say("notifications.by_mail")}</p>
      )}
    </div>
  );
}

function Views({ form, faults, onChange }: NotificationBoxesProps) {
  const say = useWords();
  const views = useQuery(CatalogService.method.listViews, {}).data?.views ?? [];
  const turned = (id: string, isWanted: boolean) => (isWanted ? [...form.views, id] : form.views.filter((other) => other !== id));
  return (
    <Several legend={say("notifications.views")} error={faults.views}>
      {views.length === 0 && <p className={style.standing}>{say("notifications.views.none")}</p>}
      {views.map(({ id, name }) => (
        <Checkbox key={id} isSelected={form.views.includes(id)} onChange={(isWanted) => onChange({ ...form, views: turned(id, isWanted) })}>
          {name}
        </Checkbox>
      ))}
    </Several>
  );
}

/** Written once, and never shown: what is kept can be replaced alone. */
function SecretBox({ form, before, faults, onChange }: NotificationBoxesProps) {
  const say = useWords();
  if (form.secret === undefined && !needsSecret(form, before)) {
    return (
      <div className={style.kept}>
        <span>{say("notifications.secret.kept")}</span>
        <Button look="quiet" onPress={() => onChange({ ...form, secret: "" })}>
          {say("notifications.secret.replace")}
        </Button>
      </div>
    );
  }
  return (
    <PasswordField
      label={say("notifications.secret")}
      autoComplete="new-password"
      hint={say("notifications.secret.hint")}
      value={form.secret ?? ""}
      onChange={(secret) => onChange({ ...form, secret })}
      error={faults.secret}
    />
  );
}

interface SeveralProps {
  readonly legend: string;
  readonly error: string | undefined;
  readonly children: ReactNode;
}

function Several({ legend, error, children }: SeveralProps) {
  return (
    <fieldset className={style.several}>
      <legend>{legend}</legend>
      {children}
      {error && <p role="alert">{error}</p>}
    </fieldset>
  );
}
