import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import './tabs.css';

/** One tab and what it shows. */
export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** Several views of one thing, one at a time. */
export function Tabs({ label, items, value, onChange }: TabsProps) {
  return (
    <BaseTabs.Root
      className="tabs"
      value={value}
      onValueChange={(next) => {
        onChange(String(next));
      }}
    >
      <BaseTabs.List className="tabs-list" aria-label={label}>
        {items.map((item) => (
          <BaseTabs.Tab key={item.id} value={item.id} className="tabs-tab">
            {item.label}
          </BaseTabs.Tab>
        ))}
        <BaseTabs.Indicator className="tabs-indicator" />
      </BaseTabs.List>
      {items.map((item) => (
        <BaseTabs.Panel key={item.id} value={item.id} className="tabs-panel">
          {item.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
