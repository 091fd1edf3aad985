import { join } from 'node:path';
import { createHostService } from '../../../../../main/services/host/host-service.ts';

// A studio that serves a project until somebody kills it.
const [interpreter = '', projectFolder = '', settingsModule = ''] = process.argv.slice(2);
const host = createHostService({
  hostFolder: join(import.meta.dirname, '../../../../../resources/host'),
  environment: process.env,
  target: () => Promise.resolve({ interpreter, projectFolder, settingsModule }),
  report: (error) => {
    throw error;
  },
});
host.onEvent((event) => {
  if (event.event === 'serve.state' && event.state === 'serving') process.stdout.write('serving\n');
});
await host.call('serve.start', { host: 'localhost', port: 0 });
