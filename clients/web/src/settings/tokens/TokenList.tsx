import { type Token, TokenKind } from "@sdk/scriba/v1/identity_pb.js";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useState } from "react";

import { useFormats } from "@/formats/formats";
import { Button } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { Dialog } from "@/parts/Dialog";
import { wordOfScope } from "@/settings/roles";
import { useWords } from "@/words/words";

import style from "./TokenList.module.css";

interface TokenListProps {
  readonly tokens: readonly Token[];
  readonly onRevoke: (token: Token) => void;
}

/** Sessions or access tokens. Nothing brings a revoked one back, so it is asked for once more. */
export function TokenList({ tokens, onRevoke }: TokenListProps) {
  const say = useWords();
  const [doomed, setDoomed] = useState<Token>();
  const called = (token: Token) => (token.name === "" ? { ...token, name: say("tokens.unnamed") } : token);
  const kind = doomed?.kind === TokenKind.ACCESS ? "revoke" : "end";
  return (
    <>
      <ul className={style.tokens}>
        {tokens.map(called).map((token) => (
          <TokenRow key={token.id} token={token} onDoom={() => setDoomed(token)} />
        ))}
      </ul>
      {doomed && (
        <Dialog
          title={say(`tokens.${kind}.title`, { name: doomed.name })}
          isOpen
          onClose={() => setDoomed(undefined)}
          actions={
            <>
              <Button onPress={() => setDoomed(undefined)}>{say("parts.cancel")}</Button>
              <Button
                look="danger"
                autoFocus
                onPress={() => {
                  onRevoke(doomed);
                  setDoomed(undefined);
                }}
              >
                {say(`tokens.${kind}`)}
              </Button>
            </>
          }
        >
          <p>{say(`tokens.${kind}.about`)}</p>
        </Dialog>
      )}
    </>
  );
}

function TokenRow({ token, onDoom }: { readonly token: Token; readonly onDoom: () => void }) {
  const say = useWords();
  const facts = useTokenFacts(token);
  const isAccess = token.kind === TokenKind.ACCESS;
  const end = isAccess ? "tokens.revoke" : "tokens.end";
  return (
    <li className={style.token}>
      <div className={style.what}>
        <p className={style.name}>
          {token.name} {token.current && <Chip text={say("tokens.this")} look="good" />}
        </p>
        <p className={style.facts}>{facts.join(" · ")}</p>
        {isAccess && (
          <p className={style.scopes}>
            {token.scopes.length === 0 && <Chip text={say("tokens.all")} />}
            {token.scopes.map((scope) => {
              const word = wordOfScope(scope);
              return word && <Chip key={scope} text={say(word)} />;
            })}
          </p>
        )}
      </div>
      {!token.current && (
        <Button look="danger" aria-label={say(`${end}.of`, { name: token.name })} onPress={onDoom}>
          {say(end)}
        </Button>
      )}
    </li>
  );
}

function useTokenFacts({ kind, useTime, address, createTime, expireTime }: Token): readonly string[] {
  const say = useWords();
  const formats = useFormats();
  const now = new Date();
  const ago = formats.ago(useTime, now);
  const used = address === "" ? say("tokens.used.nowhere", { ago }) : say("tokens.used", { ago, address });
  const isOver = expireTime !== undefined && timestampDate(expireTime) < now;
  const end = expireTime ? say(isOver ? "tokens.expired" : "tokens.expires", { ago: formats.ago(expireTime, now) }) : kind === TokenKind.ACCESS && say("tokens.forever");
  return [useTime ? used : say("tokens.never"), say("tokens.made", { moment: formats.moment(createTime) }), end].filter((fact) => fact !== false);
}
