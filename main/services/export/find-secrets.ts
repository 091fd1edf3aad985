import { readFile } from 'node:fs/promises';
import type { ProjectFile } from './project-files.ts';

/** What looks like a secret that somebody wrote into the source. */
const PATTERNS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})\b/],
  ['a GitLab token', /\bglpat-[\w-]{20,}\b/],
  ['a Stripe key', /\b[sr]k_live_[0-9A-Za-z]{20,}\b/],
  ['a Slack token', /\bxox[abprs]-[0-9A-Za-z-]{20,}\b/],
  ['a Google API key', /\bAIza[\w-]{35}\b/],
  ['a SendGrid key', /\bSG\.[\w-]{20,}\.[\w-]{20,}\b/],
  ['an OpenAI or Anthropic key', /\bsk-(?:proj-|ant-)?[\w-]{32,}\b/],
  // The prefix is what startproject marks a development key with.
  ['a secret key', /\bSECRET_KEY\b["']?\s*[:=]\s*["'](?!django-insecure-)[^"'{}<>\s]{30,}["']/],
  [
    'a password in a URL',
    /\b(?:postgres(?:ql)?|mysql|rediss?|amqps?|mongodb(?:\+srv)?):\/\/[^\s:@/'"{}$]*:(?!(?:password|passwort|secret|changeme)@)[^\s@/'"{}$]{8,}@(?!localhost|127\.)/i,
  ],
  [
    'a password',
    /\b\w*(?:PASSWORD|API_KEY|AUTH_TOKEN|ACCESS_TOKEN|CLIENT_SECRET)\b["']?\s*[:=]\s*["'][^"'{}<>\s$]{12,}["']/,
  ],
];

const READ_AS_TEXT =
  /\.(?:py|toml|ya?ml|json|ini|cfg|conf|txt|env|sh|js|ts|html|md|example|sample|template)$|(?:^|\/)(?:Dockerfile|Procfile|Makefile|\.env\.[a-z]+)$/;
const LARGEST = 1_000_000;

/** Sentences that name the file and line of everything that looks like a secret. */
export async function findSecrets(files: readonly ProjectFile[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const file of files) {
    if (file.bytes > LARGEST || !READ_AS_TEXT.test(file.path)) continue;
    found.push(...secretsIn(await readFile(file.source, 'utf8'), file.path));
  }
  return found;
}

/** What of a text looks like a secret, as sentences. */
export function secretsIn(text: string, path: string): readonly string[] {
  const test = /(?:^|\/)(?:tests?|fixtures)(?:\/|\.py$)|(?:^|\/)test_\w+\.py$/.test(path);
  return text.split('\n').flatMap((line, number) => {
    const [what] = PATTERNS.find(([, pattern]) => pattern.test(line)) ?? [];
    // Tests log in with passwords of their own making.
    if (what === undefined || (test && what === 'a password')) return [];
    return [
      `${path}, line ${String(number + 1)}, holds what looks like ${what}. Read it from the environment instead, and change it if others have seen it.`,
    ];
  });
}
