import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The window: one static page that needs no network. Its addresses are relative, because Electron
// serves it from a protocol of its own and browser mode from a port.
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // light-dark() and friends stay as they are written.
    target: 'chrome128',
    cssTarget: 'chrome128',
    // Nothing is inlined into the page: its content security policy admits files of its own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
  },
});
