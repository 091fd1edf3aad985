/** The parts of a key press that a shortcut is compared with. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const appleNames: Readonly<Record<string, string>> = {
  mod: '⌘',
  ctrl: '⌃',
  shift: '⇧',
  alt: '⌥',
  enter: '↵',
  backspace: '⌫',
  delete: '⌦',
  escape: 'Esc',
};
const otherNames: Readonly<Record<string, string>> = { mod: 'Ctrl', escape: 'Esc', delete: 'Del' };

/** The keys of `Mod+Shift+P` as they are written on this platform's keyboard. */
export function shortcutParts(shortcut: string, apple: boolean): readonly string[] {
  const names = apple ? appleNames : otherNames;
  return splitShortcut(shortcut).map((part) => names[part.toLowerCase()] ?? part);
}

/** `Mod+Shift+P` in one line of text: `Ctrl+Shift+P` or `⌘⇧P`. */
export function shortcutText(shortcut: string, apple: boolean): string {
  return shortcutParts(shortcut, apple).join(apple ? '' : '+');
}

/** Whether a key press is the shortcut. `Mod` is the command key on a Mac and control elsewhere. */
export function matchesShortcut(shortcut: string, press: KeyPress, apple: boolean): boolean {
  const parts = splitShortcut(shortcut).map((part) => part.toLowerCase());
  const key = parts.at(-1) ?? '';
  const wants = (name: string) => parts.slice(0, -1).includes(name);
  const control = wants('ctrl') || (wants('mod') && !apple);
  const command = wants('meta') || (wants('mod') && apple);
  return (
    press.ctrlKey === control &&
    press.metaKey === command &&
    press.shiftKey === wants('shift') &&
    press.altKey === wants('alt') &&
    keyMatches(key, press)
  );
}

// A letter is compared by what the layout types; with Alt or on other alphabets only the key's place helps.
function keyMatches(key: string, press: KeyPress): boolean {
  if (press.key.toLowerCase() === key) return true;
  if (/^[a-z]$/.test(key)) return press.code === `Key${key.toUpperCase()}` && !/^[a-z]$/i.test(press.key);
  if (/^\d$/.test(key)) return press.code === `Digit${key}`;
  return false;
}

function splitShortcut(shortcut: string): readonly string[] {
  return shortcut.split('+').map((part) => (part === 'Plus' ? '+' : part));
}
