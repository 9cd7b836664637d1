import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { LogOut, Settings, Trash2, UserRound } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";

import { sessionQuery, useSignedIn } from "@/app/queries";
import { tellOtherTabs } from "@/app/tabs";
import { Menu } from "@/parts/Menu";
import { notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { SIGNED_OUT } from "@/signing-in/next";
import { signOut } from "@/transport/session";
import { useWords } from "@/words/words";

import style from "./AccountMenu.module.css";

export function AccountMenu() {
  const say = useWords();
  const { name } = useSignedIn();
  const navigate = useNavigate();
  const explain = useExplanation();
  const logOutUrl = useQuery(sessionQuery).data?.logOutUrl ?? "";
  // By a whole new page, which forgets all that was told to whoever was here.
  const leave = async () => {
    try {
      await signOut();
    } catch (error) {
      notifyWrong(explain(error));
      return;
    }
    tellOtherTabs();
    globalThis.location.assign(logOutUrl === "" ? `/sign-in${SIGNED_OUT}` : logOutUrl);
  };
  return (
    <Menu
      label={name}
      actions={[
        { id: "settings", text: say("app.settings"), icon: Settings, act: () => void navigate({ to: "/settings" }) },
        { id: "trash", text: say("app.trash"), icon: Trash2, act: () => void navigate({ to: "/trash" }) },
        { id: "sign-out", text: say("app.sign_out"), icon: LogOut, act: () => void leave() },
      ]}
    >
      <AriaButton className={style.account ?? ""} aria-label={say("app.account", { name })}>
        <UserRound size={20} aria-hidden />
        <span>{name}</span>
      </AriaButton>
    </Menu>
  );
}
