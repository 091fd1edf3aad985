import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePythonEnvironment, testPython } from '../../scripts/python-environment.ts';
import { corpus, corpusFolder, corpusRoot } from './corpus.ts';
import { countCorpus } from './count-corpus.ts';

// npm run corpus: the source distributions that are missing, from the registry pip is configured with.
const missing = corpus.filter((project) => !existsSync(corpusFolder(project)));
if (missing.length > 0) {
  await ensurePythonEnvironment();
  await mkdir(corpusRoot, { recursive: true });
  const python = spawn(testPython, [join(import.meta.dirname, 'fetch_sdists.py')], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const packages = missing.map((project) => ({
    name: project.name,
    version: project.version,
    sha256: project.sha256,
    folder: corpusFolder(project),
  }));
  python.stdin.end(JSON.stringify(packages));
  const [code] = (await once(python, 'exit')) as [number | null];
  if (code !== 0) process.exit(1);
}
console.log(`The corpus is complete: ${corpus.length} projects in ${corpusRoot}`);
await countCorpus();
