import { defineConfig } from '@playwright/test';

// web: the studio in browser mode, in the system's Chromium. electron: the same journey in the real
// desktop shell, wherever Electron's binary is present.
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  timeout: 300_000,
  expect: { timeout: 20_000 },
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  retries: 0,
  // The counts of `npm test`; without a file they would drown the list.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] === undefined ? [['list']] : [['list'], ['json']],
  use: { actionTimeout: 10_000 },
  projects: [
    { name: 'web', testMatch: /.*\.spec\.ts/ },
    { name: 'electron', testMatch: /journey\.spec\.ts/ },
  ],
});
