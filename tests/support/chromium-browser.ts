import { chromium, type Browser } from '@playwright/test';
import { chromiumPath } from '../../scripts/chromium.ts';

/** The system's Chromium, started so that it neither looks for a display nor for the network. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
