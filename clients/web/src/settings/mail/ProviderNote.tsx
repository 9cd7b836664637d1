import { Info } from "lucide-react";

import type { ProofName } from "@/settings/mail/names";
import { providerOf } from "@/settings/mail/providers";
import { useWords } from "@/words/words";

import style from "./mail.module.css";

interface ProviderNoteProps {
  readonly user: string;
  readonly host: string;
  readonly proof: ProofName;
}

/** What a well-known provider asks for before its mailbox can be read. */
export function ProviderNote({ user, host, proof }: ProviderNoteProps) {
  const say = useWords();
  const found = providerOf(user, host);
  const provider = found?.signIn === proof ? null : found;
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
