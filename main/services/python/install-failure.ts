import { Failure } from '../../../shared/contract/failure.ts';

/** What was being done when a tool failed, for the sentence people read. */
export interface FailedStep {
  /** "Django could not be installed". */
  readonly what: string;
  /** Where packages were to come from, for the sentence: a folder of wheels, or null for the package index. */
  readonly wheels: string | null;
}

interface Cause {
  readonly cause: string;
  readonly pattern: RegExp;
  readonly sentence: (step: FailedStep, found: readonly string[]) => string;
}

// In the order of certainty: pip follows every trouble with "no matching distribution", so that comes late.
const CAUSES: readonly Cause[] = [
  {
    cause: 'disk-full',
    pattern: /No space left on device|\[Errno 28\]|os error 28|not enough space on the disk/iu,
    sentence: () => 'The disk is full. Free some space and try again.',
  },
  {
    cause: 'read-only',
    pattern: /Read-only file system|\[Errno 30\]|os error 30/iu,
    sentence: () => 'The disk is mounted read-only. Choose a folder on another disk.',
  },
  {
    cause: 'no-permission',
    pattern: /Permission denied|\[Errno 13\]|os error 13\b|Access is denied/iu,
    sentence: () => 'The folder may not be written. Choose another folder or change its permissions.',
  },
  {
    cause: 'no-venv',
    pattern: /ensurepip is not\s+available|No module named (?:'?ensurepip|'?venv)/iu,
    sentence: () =>
      'This Python lacks the module that makes virtual environments. On Debian and Ubuntu: apt-get install python3-venv. Or install uv.',
  },
  {
    cause: 'no-pip',
    pattern: /No module named '?pip\b/iu,
    sentence: () => 'The environment has no pip. Install uv, or make the environment again.',
  },
  {
    cause: 'certificate',
    pattern: /CERTIFICATE_VERIFY_FAILED|invalid peer certificate|SSLError/iu,
    sentence: () =>
      'The certificate of the package index is not trusted. Behind a company proxy, give pip its certificate (PIP_CERT) and uv the setting UV_SYSTEM_CERTS=1.',
  },
  {
    cause: 'proxy',
    pattern: /ProxyError|407 Proxy Authentication|Tunnel connection failed/iu,
    sentence: () => 'The proxy refused the connection to the package index. Check HTTPS_PROXY.',
  },
  {
    cause: 'no-network',
    pattern:
      /NewConnectionError|Failed to establish a new connection|Name or service not known|name resolution|getaddrinfo failed|nodename nor servname|dns error|tcp connect error|ConnectTimeoutError|Network is unreachable|ReadTimeoutError|operation timed out|network was disabled/iu,
    sentence: () =>
      'The package index could not be reached. Check the network and try again, or install from a folder of wheels.',
  },
  {
    cause: 'wrong-python',
    pattern: /requires a different Python|does not satisfy Python/iu,
    sentence: () => 'A package does not run on this version of Python. Choose a newer interpreter.',
  },
  {
    cause: 'build-failed',
    pattern: /Failed building wheel for (\S+)|Failed to build `(\S+)`/imu,
    sentence: (_step, [, pip, uv]) =>
      `${pip ?? uv ?? 'A package'} has no ready-made wheel for this Python and could not be built. The log tells what its build needs.`,
  },
  {
    cause: 'build-failed',
    pattern: /subprocess-exited-with-error/iu,
    sentence: () => 'A package could not be built. The log tells what its build needs.',
  },
  {
    cause: 'package-missing',
    pattern:
      /No matching distribution found for (\S+)|No solution found(?:[\s\S]*?Because (\S+) was not found)?/iu,
    sentence: (step, [, pip, uv]) =>
      step.wheels === null
        ? `The package index has no suitable ${pip ?? uv ?? 'version of a package'} for this Python.`
        : `The folder ${step.wheels} holds no suitable wheel of ${pip ?? uv ?? 'a package'} for this Python. Add it, or install from the package index.`,
  },
];

/** Turns the last lines of a failed installer into one that names the cause and the way out. */
export function installFailure(step: FailedStep, tail: readonly string[]): Failure {
  const output = tail.join('\n');
  for (const { cause, pattern, sentence } of CAUSES) {
    const found = pattern.exec(output);
    if (found !== null)
      return new Failure('tool-failed', `${step.what}. ${sentence(step, found)}`, {
        cause,
        output: tail.slice(-40),
      });
  }
  const last = tail.findLast((line) => /error/iu.test(line)) ?? tail.at(-1) ?? 'It said nothing';
  return new Failure('tool-failed', `${step.what}: ${last.replace(/^error:\s*|\.$/giu, '')}.`, {
    cause: 'unknown',
    output: tail.slice(-40),
  });
}
