import { protocol } from 'electron';
import type { WindowFiles } from '../services/window-files/window-files.ts';
import { SCHEME } from './addresses.ts';
import { answerPage } from './page-answer.ts';

/** Makes the scheme one of standing, like https. Works only before the application is ready. */
export function declareScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the window's bundle under the scheme, and nothing else of this machine. */
export function serveWindowFiles(files: WindowFiles): void {
  protocol.handle(SCHEME, (request) => answerPage(request, files));
}
