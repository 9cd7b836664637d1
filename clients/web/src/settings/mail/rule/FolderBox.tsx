import type { MailAccount } from "@sdk/scriba/v1/mail_pb.js";
import { ChevronDown } from "lucide-react";
import { Button, ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";

import { faultOf } from "@/parts/faults";
import fields from "@/parts/fields.module.css";
import { Closer, useTaking } from "@/parts/taking";
import { useMailbox } from "@/settings/mail/asking";
import { foldersLike } from "@/settings/mail/rule/folders";
import { useWords } from "@/words/words";

interface FolderBoxProps {
  readonly account: MailAccount;
  readonly label: string;
  readonly hint?: string;
  /** Which one is meant where none is named. */
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (folder: string) => void;
  readonly error?: string | undefined;
}

/** A folder of the mailbox, chosen from those that are there, or typed where it is not reached. */
export function FolderBox({ account, label, hint, placeholder = "", value, onChange, error }: FolderBoxProps) {
  const say = useWords();
  const { box, closing, taken } = useTaking(onChange);
  const { data, error: away, isFetching } = useMailbox(account.id, !account.disabled && account.error === "");
  const offered = foldersLike(data?.folders ?? [], value).map((name) => ({ id: name }));
  return (
    <ComboBox
      className={fields.field ?? ""}
      items={offered}
      inputValue={value}
      {...box}
      value={null}
      onChange={(key) => {
        if (key === null) return;
        onChange(String(key));
        taken();
      }}
      menuTrigger="focus"
      allowsEmptyCollection={isFetching || data !== undefined}
      allowsCustomValue
      {...faultOf(error)}
    >
      <Label className={fields.label ?? ""}>{label}</Label>
      <div className={fields.group}>
        <Input className={fields.input ?? ""} placeholder={placeholder} autoCapitalize="none" spellCheck={false} maxLength={256} />
        <Button className={fields.opener ?? ""} aria-label={say("parts.options")}>
          <ChevronDown size={16} aria-hidden />
        </Button>
      </div>
      <Text slot="description" className={fields.hint ?? ""}>
        {[hint, away && !data ? say("mail.folder.unknown") : ""].filter(Boolean).join(" ")}
      </Text>
      <FieldError className={fields.error ?? ""}>{error}</FieldError>
      <Closer {...closing} />
      <Popover className={fields.popover ?? ""}>
        <ListBox className={fields.list ?? ""} renderEmptyState={() => <p className={fields.option}>{say(isFetching ? "mail.folder.asking" : "mail.folder.none")}</p>}>
          {({ id }: { readonly id: string }) => (
            <ListBoxItem id={id} textValue={id} className={fields.option ?? ""}>
              {id}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
