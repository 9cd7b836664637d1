import { Checkbox } from "@/parts/Checks";
import { Chip } from "@/parts/Chip";
import { Radios } from "@/parts/Radios";
import { TextField } from "@/parts/TextField";
import { PairList } from "@/settings/workflows/actions/PairList";
import type { WebhookDraft } from "@/settings/workflows/draft";
import type { FaultAt } from "@/settings/workflows/faults";
import { useWords } from "@/words/words";

import style from "../workflows.module.css";

interface WebhookBoxesProps {
  readonly action: WebhookDraft;
  readonly at: FaultAt;
  readonly onChange: (part: Partial<WebhookDraft>) => void;
}

const VALUE = "{{ title }}";

/** An address that is called, and what it is sent. */
export function WebhookBoxes({ action, at, onChange }: WebhookBoxesProps) {
  const say = useWords();
  const { url, sends, params, body, asJson, attachDocument } = action;
  return (
    <>
      <p className={style.hint}>{say("workflows.action.webhook.about")}</p>
      <TextField
        label={say("workflows.webhook.url")}
        hint={say("workflows.webhook.url.hint")}
        inputMode="url"
        placeholder="https://"
        isVerbatim
        value={url}
        onChange={(next) => onChange({ url: next })}
        error={at("webhook.url")}
      />
      <Radios<WebhookDraft["sends"]>
        label={say("workflows.webhook.sends")}
        value={sends}
        options={[
          { value: "params", text: say("workflows.webhook.sends.params") },
          { value: "body", text: say("workflows.webhook.sends.body") },
        ]}
        onChange={(next) => onChange({ sends: next })}
      />
      {sends === "params" ? (
        <section className={style.lines} aria-label={say("workflows.webhook.params")}>
          <p className={style.hint}>{say("workflows.template.hint", { example: VALUE })}</p>
          <PairList pairs={params} onChange={(next) => onChange({ params: next })} adds="workflows.pair.add.params" errorOf={(name) => at(`webhook.params.${name}`)} />
          <Checkbox isSelected={asJson} onChange={(next) => onChange({ asJson: next })}>
            {say("workflows.webhook.as_json")}
          </Checkbox>
        </section>
      ) : (
        <TextField label={say("workflows.webhook.body")} hint={say("workflows.template.hint", { example: VALUE })} multiline isVerbatim value={body} onChange={(next) => onChange({ body: next })} error={at("webhook.body")} />
      )}
      <HeaderList action={action} at={at} onChange={onChange} />
      <Checkbox isSelected={attachDocument} onChange={(next) => onChange({ attachDocument: next })}>
        {say("workflows.attach")}
      </Checkbox>
    </>
  );
}

/** Headers that are kept already, by name alone, and new ones. */
function HeaderList({ action: { keptHeaders, headers }, at, onChange }: WebhookBoxesProps) {
  const say = useWords();
  const wrong = [at("webhook.headers"), at("webhook.kept_headers")].filter((words) => words !== undefined);
  return (
    <section className={style.lines} aria-label={say("workflows.webhook.headers")}>
      <h4 className={style.sub}>{say("workflows.webhook.headers")}</h4>
      <p className={style.hint}>{say("workflows.webhook.headers.hint")}</p>
      <div className={style.row}>
        {keptHeaders.map((name) => (
          <Chip key={name} text={say("workflows.webhook.kept", { name })} onRemove={() => onChange({ keptHeaders: keptHeaders.filter((other) => other !== name) })} />
        ))}
      </div>
      <PairList pairs={headers} onChange={(next) => onChange({ headers: next })} adds="workflows.pair.add.headers" isSecret />
      {wrong.length > 0 && (
        <p className={style.wrong} role="alert" lang="en">
          {wrong.join("; ")}
        </p>
      )}
    </section>
  );
}
