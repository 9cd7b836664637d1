import { FieldError, Input, Label, Text, TextArea, TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from "react-aria-components";

import { faultOf } from "@/parts/faults";

import style from "./fields.module.css";

interface TextFieldProps extends Omit<AriaTextFieldProps, "children" | "className" | "style"> {
  /** Not given where `aria-label` says to screen readers what the place says to others. */
  readonly label?: string;
  readonly hint?: string | undefined;
  /** What is wrong with the value, in words; nothing when all is well. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly multiline?: boolean;
  /** For names and codes, which no keyboard may mend. */
  readonly isVerbatim?: boolean;
}

export function TextField({ label, hint, error, placeholder, multiline = false, isVerbatim = false, ...props }: TextFieldProps) {
  const given = { ...(placeholder !== undefined && { placeholder }), ...(isVerbatim && { autoCapitalize: "none", spellCheck: false }) };
  return (
    <AriaTextField {...props} {...faultOf(error)} className={style.field ?? ""}>
      {label !== undefined && <Label className={style.label ?? ""}>{label}</Label>}
      {multiline ? <TextArea {...given} className={style.input ?? ""} /> : <Input {...given} className={style.input ?? ""} />}
      {hint && (
        <Text slot="description" className={style.hint ?? ""}>
          {hint}
        </Text>
      )}
      <FieldError className={style.error ?? ""}>{error}</FieldError>
    </AriaTextField>
  );
}
