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
  reporter: [['list'], ['json']],
  projects: [
    { name: 'web', testMatch: /.*\.spec\.ts/, use: {} },
    { name: 'electron', testMatch: /journey\.spec\.ts/, use: {} },
  ],
});
