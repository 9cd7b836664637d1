import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";

import style from "./Tabs.module.css";

export interface TabContent<Id extends string> {
  readonly id: Id;
  readonly title: string;
  /** Stands over the title, which is small then: for many tabs in little room. */
  readonly icon?: LucideIcon;
  readonly content: ReactNode;
}

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly TabContent<Id>[];
  readonly open: Id;
  readonly onOpen: (id: Id) => void;
}

export function Tabs<Id extends string>({ label, tabs, open, onOpen }: TabsProps<Id>) {
  return (
    <AriaTabs selectedKey={open} onSelectionChange={(key) => onOpen(key as Id)} className={style.tabs ?? ""}>
      <TabList aria-label={label} items={tabs} className={style.list ?? ""}>
        {({ id, title, icon: Icon }) => (
          <Tab id={id} ref={id === open ? bringIntoSight : null} className={style.tab ?? ""} data-small={Icon !== undefined || undefined}>
            {Icon && <Icon size={18} aria-hidden />}
            {title}
          </Tab>
        )}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className={style.panel ?? ""}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

/** Of its list alone: the page stays where it is. */
function bringIntoSight(tab: HTMLElement | null): void {
  const list = tab?.parentElement;
  if (tab && list) list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
}
