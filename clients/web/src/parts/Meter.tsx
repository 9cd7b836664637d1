import { Label, ProgressBar } from "react-aria-components";

import style from "./Meter.module.css";

interface MeterProps {
  readonly label: string;
  readonly done: number;
  /** 0 while nobody knows. */
  readonly total: number;
  readonly hideLabel?: boolean;
}

/** How far something has come. */
export function Meter({ label, done, total, hideLabel = false }: MeterProps) {
  return (
    <ProgressBar value={done} maxValue={Math.max(total, 1)} isIndeterminate={total === 0} className={style.meter ?? ""} {...(hideLabel && { "aria-label": label })}>
      {({ percentage, isIndeterminate }) => (
        <>
          {!hideLabel && <Label className={style.label ?? ""}>{label}</Label>}
          <span className={style.rail}>
            <span className={style.fill} data-unknown={isIndeterminate || undefined} style={{ inlineSize: `${percentage ?? 30}%` }} />
          </span>
        </>
      )}
    </ProgressBar>
  );
}
