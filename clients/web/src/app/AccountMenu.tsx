import { useNavigate } from "@tanstack/react-router";
import { LogOut, Settings, UserRound } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";

import { useSessionChange, useSignedIn } from "@/app/queries";
import { Menu } from "@/parts/Menu";
import { signOut } from "@/transport/session";
import { useWords } from "@/words/words";

import style from "./AccountMenu.module.css";

export function AccountMenu() {
  const say = useWords();
  const { name } = useSignedIn();
  const navigate = useNavigate();
  const changeSession = useSessionChange();
  const leave = async () => {
    await signOut();
    const { logOutUrl } = await changeSession();
    if (logOutUrl === "") await navigate({ to: "/sign-in" });
    else globalThis.location.assign(logOutUrl);
  };
  return (
    <Menu
      label={name}
      actions={[
        { id: "settings", text: say("app.settings"), icon: Settings, act: () => void navigate({ to: "/settings" }) },
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
