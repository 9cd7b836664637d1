import { useQuery } from "@connectrpc/connect-query";
import { AuditAct, AuditNoun } from "@sdk/scriba/v1/audit_pb.js";
import { IdentityService } from "@sdk/scriba/v1/identity_pb.js";

import { Choice } from "@/parts/Choice";
import { DateBox } from "@/parts/dates/DateBox";
import { actName, ACTS, nounName, NOUNS } from "@/settings/audit/names";
import type { AuditState } from "@/settings/audit/state";
import { useWords } from "@/words/words";

import style from "./audit.module.css";

const MOST_USERS = 1000;
const ALL = "UNSPECIFIED";

interface AuditFiltersProps {
  readonly state: AuditState;
  /** Leaves the room to the entries where there is little of it. */
  readonly isFolded: boolean;
  readonly onChange: (state: AuditState) => void;
}

/** What of the audit is shown: by user, act, thing and time. */
export function AuditFilters({ state, isFolded, onChange }: AuditFiltersProps) {
  const say = useWords();
  const users = useQuery(IdentityService.method.listUsers, { pageSize: MOST_USERS }).data?.users ?? [];
  const all = { value: ALL, text: say("audit.all") } as const;
  return (
    <div className={style.filters} data-folded={isFolded || undefined} role="search" aria-label={say("audit.filters")}>
      <Choice
        label={say("audit.user")}
        value={state.user || ALL}
        options={[all, ...users.map(({ id, name }) => ({ value: id, text: name }))]}
        onChange={(user) => onChange({ ...state, user: user === ALL ? "" : user })}
      />
      <Choice
        label={say("audit.act")}
        value={actName(state.act) ?? ALL}
        options={[all, ...ACTS.map((act) => ({ value: act, text: say(`audit.act.${act}`) }))]}
        onChange={(act) => onChange({ ...state, act: AuditAct[act] })}
      />
      <Choice
        label={say("audit.noun")}
        value={nounName(state.noun) ?? ALL}
        options={[all, ...NOUNS.map((noun) => ({ value: noun, text: say(`audit.noun.${noun}`) }))]}
        onChange={(noun) => onChange({ ...state, noun: AuditNoun[noun] })}
      />
      <div className={style.day}>
        <DateBox label={say("audit.since")} value={state.since} onChange={(since) => onChange({ ...state, since })} />
      </div>
      <div className={style.day}>
        <DateBox label={say("audit.until")} value={state.until} onChange={(until) => onChange({ ...state, until })} />
      </div>
    </div>
  );
}
