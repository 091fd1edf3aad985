import { openStudio } from '../../support/studio-services.ts';

// Changes settings, trust, the recent list and the history as fast as it can, until it is killed.
const [stateFolder = '', project = ''] = process.argv.slice(2);
const studio = await openStudio({ stateFolder, folder: project });
process.stdout.write('writing\n');
for (let round = 0; ; round += 1) {
  const { hash } = await studio.call('source.read', { path: 'catalog/views.py' });
  await Promise.all([
    studio.call('settings.change', { editorFontSize: 8 + (round % 20) }),
    round % 2 === 0 ? studio.call('trust.grant', {}) : studio.call('trust.revoke', { path: project }),
    studio.call('source.write', { path: 'catalog/views.py', text: `# ${round}\n`, baseHash: hash }),
  ]);
}
