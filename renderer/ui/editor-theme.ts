import { monaco } from './monaco.ts';

const THEME = 'samois';

const tokenColors: readonly (readonly [token: string, role: string])[] = [
  ['', '--text'],
  ['keyword', '--code-keyword'],
  ['string', '--code-string'],
  ['string.escape', '--code-number'],
  ['number', '--code-number'],
  ['comment', '--code-comment'],
  ['tag', '--code-keyword'],
  ['attribute.name', '--code-name'],
  ['attribute.value', '--code-string'],
  ['type', '--code-name'],
  ['delimiter', '--text-muted'],
  ['key', '--code-name'],
];

const editorColors: Readonly<Record<string, string>> = {
  'editor.background': '--surface-main',
  'editor.foreground': '--text',
  'editorGutter.background': '--surface-main',
  'editorLineNumber.foreground': '--text-faint',
  'editorLineNumber.activeForeground': '--text',
  'editorCursor.foreground': '--accent',
  'editorIndentGuide.background1': '--line',
  'editorIndentGuide.activeBackground1': '--line-strong',
  'editorWidget.background': '--surface-raised',
  'editorWidget.border': '--line-strong',
  'editorHoverWidget.background': '--surface-raised',
  'editorSuggestWidget.background': '--surface-raised',
  'editorSuggestWidget.selectedBackground': '--surface-selected',
  'editorSuggestWidget.selectedForeground': '--text-selected',
  'editorStickyScroll.background': '--surface-main',
  'editorStickyScrollHover.background': '--surface-inset',
  'editorError.foreground': '--danger-text',
  'editorWarning.foreground': '--warning-text',
  'diffEditor.insertedLineBackground': '--added-line',
  'diffEditor.removedLineBackground': '--removed-line',
  'input.background': '--surface-field',
  'input.border': '--line-strong',
  'menu.background': '--surface-raised',
  'menu.foreground': '--text',
  'menu.selectionBackground': '--surface-selected',
  'menu.selectionForeground': '--text-selected',
  'quickInput.background': '--surface-raised',
  'quickInputList.focusBackground': '--surface-selected',
  'quickInputList.focusForeground': '--text-selected',
  'list.hoverBackground': '--surface-inset',
  focusBorder: '--focus',
};

/** Gives the code editor the colors of the page as they are now. */
export function applyEditorTheme(): void {
  const color = createColorReader();
  const dark = isDark(color('--surface-main'));
  monaco.editor.defineTheme(THEME, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: tokenColors.map(([token, role]) => ({ token, foreground: color(role).slice(1) })),
    colors: {
      ...Object.fromEntries(Object.entries(editorColors).map(([key, role]) => [key, color(role)])),
      'editor.lineHighlightBackground': dark ? '#ffffff08' : '#0f1e190a',
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': dark ? '#235a46' : '#bfe3d2',
      'editor.inactiveSelectionBackground': dark ? '#2350403a' : '#bfe3d288',
      'editor.wordHighlightBackground': dark ? '#ffffff14' : '#0f1e1914',
      'diffEditor.insertedTextBackground': dark ? '#46b98a24' : '#0e6e4c1c',
      'diffEditor.removedTextBackground': dark ? '#d9534f2e' : '#b42a2a1c',
      // Marks of every like word beside the scroll bar would drown those of problems.
      'editorOverviewRuler.wordHighlightForeground': '#00000000',
      'editorOverviewRuler.wordHighlightStrongForeground': '#00000000',
      'editorOverviewRuler.wordHighlightTextForeground': '#00000000',
      'editorOverviewRuler.selectionHighlightForeground': '#00000000',
      'scrollbarSlider.background': dark ? '#ffffff1c' : '#0f1e1922',
      'scrollbarSlider.hoverBackground': dark ? '#ffffff30' : '#0f1e1938',
      'scrollbarSlider.activeBackground': dark ? '#ffffff40' : '#0f1e194a',
    },
  });
  monaco.editor.setTheme(THEME);
}

/** Keeps the editor in the colors of the page; the function that comes back ends it. */
export function followPageTheme(): () => void {
  applyEditorTheme();
  const observer = new MutationObserver(applyEditorTheme);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', applyEditorTheme);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', applyEditorTheme);
  };
}

// The tokens are written with light-dark(): only a real element knows which side holds. A canvas turns
// whatever the browser answers into #rrggbb.
function createColorReader(): (role: string) => string {
  const context = document.createElement('canvas').getContext('2d');
  return (role) => {
    const probe = document.createElement('span');
    probe.style.color = `var(${role})`;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    if (context === null) return '#808080';
    context.fillStyle = color;
    const { fillStyle } = context;
    return typeof fillStyle === 'string' && fillStyle.startsWith('#') ? fillStyle : '#808080';
  };
}

function isDark(hex: string): boolean {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return channels.reduce((sum, channel) => sum + channel, 0) < 3 * 128;
}
