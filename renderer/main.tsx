import './ui/fonts.css';
import './ui/theme.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { api } from './api/client.ts';
import { listenForMenu, listenForShortcuts } from './commands/shortcuts.ts';
import { StudioWindow } from './shell/studio-window.tsx';
import { keepTheme } from './shell/theme.ts';
import { StudioProvider } from './stores/studio-context.tsx';
import { attempt } from './stores/notices.ts';
import { createStudio } from './stores/studio.ts';
import { createToasts } from './ui/toast.tsx';

const toasts = createToasts();
const studio = createStudio(api, toasts.show);
keepTheme(studio.settings);
listenForShortcuts(studio, window);
listenForMenu(studio);
void attempt(toasts.show, 'The studio could not be read', studio.load);

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the window.');
createRoot(root).render(
  <StrictMode>
    <StudioProvider studio={studio}>
      <StudioWindow toasts={toasts} />
    </StudioProvider>
  </StrictMode>,
);
