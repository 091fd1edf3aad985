import { shortcutParts } from './shortcut.ts';
import './key-hint.css';

/** A keyboard shortcut the way this platform writes it. */
export function KeyHint({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className="key-hint">
      {shortcutParts(shortcut, isApple).map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  );
}

/** Whether the window stands on a Mac, where the command key takes the place of control. */
export const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
