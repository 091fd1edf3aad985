import { SESSION_PATH, WINDOW_KEY_ITEM } from '../../shared/contract/web-messages.ts';

/** Address of the script of the launch page: the content security policy allows no inline one. */
export const LAUNCH_SCRIPT_PATH = '/launch.js';

function page(sentence: string, script = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<meta name="color-scheme" content="light dark">
<title>Samois</title>
<style>body { font: 15px/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 32rem; padding: 0 1rem }</style>
${script}</head>
<body><p id="sentence" role="status">${sentence}</p></body>
</html>
`;
}

/** The page behind the launch link: it trades the key after the \`#\` for the session and goes on. */
export const launchPage = page(
  'Opening Samois …',
  `<script type="module" src="${LAUNCH_SCRIPT_PATH}"></script>\n`,
);

/** The script of that page. */
export const launchScript = `const key = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
const response = await fetch('${SESSION_PATH}', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ key }),
});
if (response.ok) {
  const { windowKey } = await response.json();
  localStorage.setItem('${WINDOW_KEY_ITEM}', windowKey);
  location.replace('/');
} else {
  document.getElementById('sentence').textContent =
    'This link has been used or is not of this start of Samois. Press Enter in its terminal for a new one.';
}
`;

/** What everybody sees who may not enter, whatever the reason. */
export const refusalPage = page(
  'Samois opens from the link in its terminal. Press Enter there for a new link, and open that one.',
);
