import { useInfiniteQuery } from "@connectrpc/connect-query";
import { IdentityService, type User, UserKind } from "@sdk/scriba/v1/identity_pb.js";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Bot, UserPlus, UserRound } from "lucide-react";

import { useFormats } from "@/formats/formats";
import { Button } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { Page } from "@/parts/Page";
import { Loading, Problem } from "@/parts/states";
import { NewUser } from "@/settings/people/NewUser";
import { UserPage } from "@/settings/people/UserPage";
import { wordOfRole } from "@/settings/roles";
import { useWords } from "@/words/words";

import style from "./people.module.css";

const PAGE_SIZE = 100;
/** In the address, where the id of a user would stand. */
const NEW = "new";

/** All who may use the archive, or the one that the address names. */
export function UsersPage() {
  const { open } = useSearch({ from: "/inside/settings/$subject" });
  return open === undefined || open === NEW ? <UserList isAdding={open === NEW} /> : <UserPage key={open} id={open} />;
}

function UserList({ isAdding }: { readonly isAdding: boolean }) {
  const say = useWords();
  const navigate = useNavigate();
  const setOpen = (open: string | undefined) => void navigate({ to: ".", search: { open } });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    IdentityService.method.listUsers,
    { pageSize: PAGE_SIZE, pageToken: "" },
    { pageParamKey: "pageToken", getNextPageParam: ({ nextPageToken }) => (nextPageToken === "" ? undefined : nextPageToken) },
  );
  return (
    <Page
      title={say("settings.users")}
      width="text"
      actions={
        <Button look="main" icon={UserPlus} onPress={() => setOpen(NEW)}>
          {say("people.add")}
        </Button>
      }
    >
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <ul className={style.people}>
        {data?.pages.flatMap(({ users }) => users).map((user) => <UserRow key={user.id} user={user} />)}
      </ul>
      {hasNextPage && (
        <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {say("parts.more")}
        </Button>
      )}
      {isAdding && <NewUser onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function UserRow({ user }: { readonly user: User }) {
  const say = useWords();
  const formats = useFormats();
  const Icon = user.kind === UserKind.SERVICE ? Bot : UserRound;
  const role = wordOfRole(user.role);
  const seen = user.signInTime ? say("people.signed_in", { ago: formats.ago(user.signInTime, new Date()) }) : say("people.never");
  return (
    <li>
      <Link to="/settings/$subject" params={{ subject: "users" }} search={{ open: user.id }} className={style.person}>
        <Icon size={22} aria-hidden />
        <span className={style.who}>
          <strong>{user.name}</strong>
          <small>{[role && say(role), user.kind === UserKind.SERVICE ? say("people.service") : seen].join(" · ")}</small>
        </span>
        {user.disabled && <Chip look="wrong" text={say("people.disabled")} />}
        {user.kind === UserKind.PERSON && !user.hasPassword && user.identities.length === 0 && <Chip look="warn" text={say("people.waiting")} />}
        {user.hasSecondFactor && <Chip look="good" text={say("people.second")} />}
      </Link>
    </li>
  );
}
