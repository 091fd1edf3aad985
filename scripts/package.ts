import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build as buildPackages } from 'electron-builder';
import { build, root } from './build.ts';

/** Makes the packages of this system (or of those named by electron-builder's own arguments) in `release/`. */
async function makePackages(): Promise<void> {
  await build({ force: true });
  for (const folder of ['host', 'templates', 'deploy']) {
    const path = join(root, 'resources', folder);
    if (!existsSync(path)) throw new Error(`The package needs ${path}, and it is missing.`);
  }
  const made = await buildPackages({
    projectDir: root,
    config: join(root, 'electron-builder.yml'),
    publish: 'never',
  });
  for (const file of made) console.log(file);
}

try {
  await makePackages();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  // Electron's binary is no part of its npm package; electron-builder fetches it for each system.
  const unreachable =
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|status code|\b40[34]\b|HTTPError|RequestError|fetch failed/.test(
      reason,
    );
  console.error(
    unreachable
      ? `Electron’s binary could not be fetched (${firstLine(reason)}). Packages are made where github.com can be reached, or with ELECTRON_MIRROR naming a copy.`
      : reason,
  );
  process.exitCode = 1;
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 200);
}
