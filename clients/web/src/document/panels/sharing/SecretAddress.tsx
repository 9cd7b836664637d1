import { QrCode } from "@/parts/QrCode";
import { ShownOnce } from "@/parts/ShownOnce";
import { useWords } from "@/words/words";

import style from "./sharing.module.css";

/** An address that is told this once: to copy, and to take up with a camera. */
export function SecretAddress({ address }: { readonly address: string }) {
  const say = useWords();
  return (
    <>
      <ShownOnce label={say("panels.link.address")} text={address} />
      <div className={style.code}>
        <QrCode text={address} label={say("panels.link.code")} />
      </div>
    </>
  );
}
