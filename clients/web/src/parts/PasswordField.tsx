import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { FieldError, Input, Label, Text, TextField, type TextFieldProps, ToggleButton } from "react-aria-components";

import { faultOf } from "@/parts/faults";
import { useWords } from "@/words/words";

import style from "./fields.module.css";

interface PasswordFieldProps extends Omit<TextFieldProps, "children" | "className" | "style" | "type"> {
  readonly label: string;
  /** By which password managers know what to do. */
  readonly autoComplete: "current-password" | "new-password";
  readonly hint?: string | undefined;
  /** What is wrong with the value, in words; nothing when all is well. */
  readonly error?: string | undefined;
}

/** A password, hidden unless its owner wants to see what he types. */
export function PasswordField({ label, hint, error, ...props }: PasswordFieldProps) {
  const say = useWords();
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <TextField {...props} type={isShown ? "text" : "password"} {...faultOf(error)} className={style.field ?? ""}>
      <Label className={style.label ?? ""}>{label}</Label>
      <div className={style.group}>
        <Input className={style.input ?? ""} autoCapitalize="none" spellCheck={false} />
        <ToggleButton className={style.opener ?? ""} isSelected={isShown} onChange={setIsShown} aria-label={say("parts.show_password")}>
          <Icon size={18} aria-hidden />
        </ToggleButton>
      </div>
      {hint && (
        <Text slot="description" className={style.hint ?? ""}>
          {hint}
        </Text>
      )}
      <FieldError className={style.error ?? ""}>{error}</FieldError>
    </TextField>
  );
}
