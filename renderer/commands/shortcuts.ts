import { commandSpecs, type CommandId, type CommandSpec } from '../../shared/commands.ts';
import type { Studio } from '../stores/studio.ts';
import { isApple } from '../ui/key-hint.tsx';
import { matchesShortcut, type KeyPress } from '../ui/shortcut.ts';
import { isEnabled, runCommand } from './commands.ts';

// In a text these keys belong to the text.
const textKeys = new Set(['Mod+Z', 'Mod+Shift+Z']);

/** The command that a key press stands for; `inText` says whether the focus is in a text. */
export function commandOfKey(press: KeyPress, inText: boolean, apple: boolean): CommandId | null {
  const specs: readonly (CommandSpec & { readonly id: CommandId })[] = commandSpecs;
  const found = specs.find((spec) =>
    spec.shortcuts?.some(
      (shortcut) => matchesShortcut(shortcut, press, apple) && !(inText && textKeys.has(shortcut)),
    ),
  );
  return found?.id ?? null;
}

/** Listens for the shortcuts of all commands; the function that comes back ends it. */
export function listenForShortcuts(studio: Studio, target: Window): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    // AltGr types letters on many layouts, and looks like Ctrl+Alt on Windows.
    if (event.getModifierState('AltGraph')) return;
    const id = commandOfKey(event, isText(event.target), isApple);
    if (id === null) return;
    // A browser's own meaning of the key (print, save the page) helps nobody here.
    event.preventDefault();
    if (!isEnabled(studio, id) || isAsking()) return;
    event.stopPropagation();
    void runCommand(studio, id);
  };
  // Before the parts of the window: the code editor knows some of these keys too.
  target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    target.removeEventListener('keydown', onKeyDown, { capture: true });
  };
}

/** Runs what is chosen in the native menu bar; the function that comes back ends it. */
export function listenForMenu(studio: Studio): () => void {
  return studio.api.subscribe('command.run', ({ command }) => {
    const spec = commandSpecs.find(({ id }) => id === command);
    if (spec !== undefined && !isAsking()) void runCommand(studio, spec.id);
  });
}

/** While a dialog asks something, nothing else starts behind it. */
function isAsking(): boolean {
  return document.querySelector('.dialog:not([data-ending-style])') !== null;
}

function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, [role="textbox"]');
}
