import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { useState, type ReactNode } from 'react';
import { fuzzyFilter } from './fuzzy.ts';
import { KeyHint } from './key-hint.tsx';
import './dialog.css';
import './popup.css';
import './palette.css';

/** One thing to find. */
export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  /** Faint text behind the label; it is searched too. */
  readonly detail?: string | undefined;
  /** What is searched beside the label, where it is not the detail. */
  readonly searched?: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string | undefined;
  readonly disabled?: boolean;
}

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly PaletteItem[];
  readonly empty: string;
  readonly onChoose: (id: string) => void;
}

const SHOWN = 80;

/** A field over everything else that finds one thing out of very many. */
export function Palette({ open, onClose, ...rest }: PaletteProps) {
  return (
    <BaseDialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="dialog-backdrop palette-backdrop" />
        <BaseDialog.Popup className="dialog palette">
          <BaseDialog.Title className="visually-hidden">{rest.title}</BaseDialog.Title>
          <PaletteSearch {...rest} />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

function PaletteSearch({
  title,
  placeholder,
  items,
  empty,
  onChoose,
}: Omit<PaletteProps, 'open' | 'onClose'>) {
  const [typed, setTyped] = useState('');
  const found = fuzzyFilter(
    items,
    typed,
    (item) => `${item.label} ${item.searched ?? item.detail ?? ''}`,
    SHOWN,
  );
  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      autoHighlight="always"
      items={found}
      value={typed}
      itemToStringValue={(item: PaletteItem) => item.label}
      onValueChange={(value, { reason }) => {
        if (reason !== 'item-press') setTyped(value);
      }}
    >
      <Autocomplete.Input
        className="palette-input"
        placeholder={placeholder}
        aria-label={title}
        spellCheck={false}
      />
      <Autocomplete.Empty className="palette-empty">{empty}</Autocomplete.Empty>
      <Autocomplete.List className="palette-list" aria-label={title}>
        {(item: PaletteItem) => (
          <Autocomplete.Item
            key={item.id}
            value={item}
            disabled={item.disabled ?? false}
            className="popup-item"
            onClick={() => {
              onChoose(item.id);
            }}
          >
            {item.icon}
            <span className="popup-item-label">{item.label}</span>
            {item.detail !== undefined && <span className="popup-item-detail">{item.detail}</span>}
            {item.shortcut !== undefined && <KeyHint shortcut={item.shortcut} />}
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
