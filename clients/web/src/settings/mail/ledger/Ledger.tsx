import { useInfiniteQuery } from "@connectrpc/connect-query";
import { type MailAccount, type MailRule, MailService } from "@sdk/scriba/v1/mail_pb.js";

import { Button } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { Loading, Problem } from "@/parts/states";
import { MailEntry } from "@/settings/mail/ledger/MailEntry";
import { STATES_ASKED } from "@/settings/mail/names";
import { type StateName, STATES } from "@/settings/mail/place";
import { useWords } from "@/words/words";

import style from "../mail.module.css";

const PAGE_SIZE = 50;
const LOOK_MILLISECONDS = 10_000;
const ALL = "all";

interface LedgerProps {
  /** A choice between them is offered where there are several. */
  readonly accounts: readonly MailAccount[];
  readonly rules: readonly MailRule[];
  /** An account's id, "" for all. */
  readonly account: string;
  readonly state: StateName;
  readonly onChoose: (account: string, state: StateName) => void;
}

/** What became of mails, the newest first. */
export function Ledger({ accounts, rules, account, state, onChoose }: LedgerProps) {
  const say = useWords();
  const list = useInfiniteQuery(
    MailService.method.listMails,
    { accountId: account, state: STATES_ASKED[state], pageSize: PAGE_SIZE, pageToken: "" },
    { pageParamKey: "pageToken", getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined, refetchInterval: LOOK_MILLISECONDS },
  );
  const mails = list.data?.pages.flatMap((page) => page.mails);
  const several = accounts.length > 1;
  return (
    <>
      <div className={style.filters}>
        <Choice<StateName> label={say("mail.ledger.state")} value={state} options={STATES.map((value) => ({ value, text: say(`mail.state.${value}`) }))} onChange={(next) => onChoose(account, next)} />
        {several && (
          <Choice
            label={say("mail.ledger.account")}
            value={account || ALL}
            options={[{ value: ALL, text: say("mail.ledger.all_accounts") }, ...accounts.map(({ id, name }) => ({ value: id, text: name }))]}
            onChange={(next) => onChoose(next === ALL ? "" : next, state)}
          />
        )}
      </div>
      {list.error && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {!mails && !list.error && <Loading />}
      {mails?.length === 0 && <p className={style.hint}>{say(`mail.ledger.none.${state}`)}</p>}
      {mails && mails.length > 0 && (
        <ul className={style.mails} aria-label={say("mail.ledger")}>
          {mails.map((mail) => (
            <MailEntry key={mail.id} mail={mail} account={account === "" && several ? accounts.find(({ id }) => id === mail.accountId) : undefined} rule={rules.find(({ id }) => id === mail.ruleId)} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div>
          <Button isDisabled={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            {say("parts.more")}
          </Button>
        </div>
      )}
    </>
  );
}
