import type { SettingsStore } from '../stores/settings-store.ts';

/** Keeps the page in the chosen theme; without a choice the stylesheet follows the system. */
export function keepTheme(settings: SettingsStore): void {
  const apply = (): void => {
    const { theme } = settings.state.getState().settings;
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  };
  settings.state.subscribe(apply);
  apply();
}
