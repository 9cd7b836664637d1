import { Info } from "lucide-react";

import { providerOf } from "@/settings/mail/providers";
import { useWords } from "@/words/words";

import style from "./mail.module.css";

/** What a well-known provider asks for before its mailbox can be read. */
export function ProviderNote({ user, host }: { readonly user: string; readonly host: string }) {
  const say = useWords();
  const provider = providerOf(user, host);
  return (
    <div role="status">
      {provider && (
        <p className={style.note}>
          <Info size={18} aria-hidden />
          <span>
            {say(provider.need ?? "mail.need.nothing", { name: provider.name })}
            {provider.page && (
              <>
                {" "}
                <a href={provider.page} target="_blank" rel="noreferrer">
                  {say("mail.need.page", { name: provider.name })}
                </a>
              </>
            )}
          </span>
        </p>
      )}
    </div>
  );
}
