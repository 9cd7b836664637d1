import { callUnaryMethod, useTransport } from "@connectrpc/connect-query";
import { AccountService } from "@sdk/scriba/v1/accounts_pb.js";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { sessionQuery, useSessionChange } from "@/app/queries";
import { Loading } from "@/parts/states";
import { ChoosePassword } from "@/signing-in/ChoosePassword";
import { CodeForm } from "@/signing-in/CodeForm";
import { codeOfFragment } from "@/signing-in/code";
import { Doorstep } from "@/signing-in/Doorstep";
import { useWords } from "@/words/words";

import style from "./forms.module.css";

/** Where somebody comes in for the first time: a code says for whom it is, then a password is chosen. */
export function InvitationPage() {
  const say = useWords();
  const { data: session } = useQuery(sessionQuery);
  const transport = useTransport();
  const [code, setCode] = useState(() => codeOfFragment(globalThis.location.hash));
  const invitation = useQuery({
    queryKey: ["invitation", code],
    queryFn: ({ signal }) => callUnaryMethod(transport, AccountService.method.getInvitation, { code }, { signal }),
    enabled: code !== "",
    retry: false,
    staleTime: Infinity,
  });
  const isFirst = invitation.data ? invitation.data.userName === "" : session?.firstRun === true;
  return (
    <Doorstep title={say(isFirst ? "invitation.first.title" : "invitation.title")} about={say(isFirst ? "invitation.first.about" : "invitation.about")}>
      {invitation.data ? (
        <Chosen code={code} userName={invitation.data.userName} />
      ) : (
        <>
          {isFirst && <WhereTheCodeIs />}
          {invitation.isFetching && code !== "" ? <Loading /> : <CodeForm code={code} error={invitation.error} onCode={setCode} onAgain={() => void invitation.refetch()} />}
        </>
      )}
      {!isFirst && (
        <p className={style.aside}>
          {say("invitation.have_password")} <Link to="/sign-in">{say("signing_in.go")}</Link>
        </p>
      )}
    </Doorstep>
  );
}

function WhereTheCodeIs() {
  const say = useWords();
  return (
    <p className={style.told}>
      {say("invitation.first.where")} <code>make run</code>
    </p>
  );
}

function Chosen({ code, userName }: { readonly code: string; readonly userName: string }) {
  const changeSession = useSessionChange();
  const navigate = useNavigate();
  const begun = useMutation({
    mutationFn: async () => {
      await changeSession();
      await navigate({ to: "/", replace: true });
    },
  });
  return <ChoosePassword code={code} userName={userName} onChosen={() => begun.mutateAsync()} />;
}
