/** One package that the project asks for. */
export interface PackageRow {
  readonly name: string;
  /** `[binary]`; empty without. */
  readonly extras: string;
  /** `>=5.2,<6`; empty for any version. */
  readonly specifier: string;
  /** What it depends on: `sys_platform != "win32"`, a group of Poetry. */
  readonly condition: string;
  readonly comment: string;
  /** From 1. */
  readonly line: number;
}

const REQUIREMENT = /^([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*([^;#]*?)\s*(?:;\s*([^#]*?))?\s*(?:#\s*(.*))?$/;

/** The files that may list packages, the one that is used first: as the changes to them choose. */
export function requirementFiles(paths: readonly string[], project: string | null): readonly string[] {
  const folders = [...new Set([project ?? '', ''])].map((folder) => (folder === '' ? '' : `${folder}/`));
  const names = [
    'requirements.txt',
    'requirements/base.txt',
    'requirements/common.txt',
    'requirements/production.txt',
    'pyproject.toml',
  ];
  const wanted = [...names.slice(0, -1), ...names.slice(-1)].flatMap((name) =>
    folders.map((folder) => `${folder}${name}`),
  );
  return wanted.filter((path) => paths.includes(path));
}

/** The packages of a requirements file or of pyproject.toml, for showing. */
export function readPackages(path: string, text: string): readonly PackageRow[] {
  return path.endsWith('.toml') ? readPyproject(text) : readRequirements(text);
}

function readRequirements(text: string): readonly PackageRow[] {
  return text.split('\n').flatMap((line, at) => {
    const trimmed = line.trim();
    // Options, includes and addresses are no packages by name.
    if (trimmed === '' || /^[#-]/.test(trimmed) || /^[\w+]+:\/\//.test(trimmed)) return [];
    const row = readRequirement(trimmed, at + 1);
    return row === null ? [] : [row];
  });
}

function readRequirement(code: string, line: number): PackageRow | null {
  const parts = REQUIREMENT.exec(code);
  if (parts === null) return null;
  const [, name = '', extras = '', specifier = '', condition = '', comment = ''] = parts;
  return { name, extras, specifier, condition, comment, line };
}

/** PEP 621's `dependencies` and Poetry's table; both are what packages are added to. */
function readPyproject(text: string): readonly PackageRow[] {
  const rows: PackageRow[] = [];
  let table = '';
  let inList = false;
  text.split('\n').forEach((line, at) => {
    const head = /^\s*\[([^[\]]+)\]/.exec(line);
    if (head !== null && !inList) table = head[1] ?? '';
    if (table === 'project' && /^\s*dependencies\s*=\s*\[/.test(line)) inList = true;
    if (inList) {
      for (const [, code = ''] of line.replace(/^\s*dependencies\s*=/, '').matchAll(/["']([^"']+)["']/g)) {
        const row = readRequirement(code, at + 1);
        if (row !== null) rows.push(row);
      }
      if (/\]\s*(#.*)?$/.test(line) && !/^\s*["'].*\[[^\]]*\]["'],?\s*$/.test(line)) inList = false;
      return;
    }
    if (table !== 'tool.poetry.dependencies') return;
    const entry =
      /^\s*["']?([\w.-]+)["']?\s*=\s*(?:["']([^"']*)["']|\{.*?version\s*=\s*["']([^"']*)["'].*\})/.exec(line);
    if (entry === null || entry[1] === 'python') return;
    const specifier = entry[2] ?? entry[3] ?? '';
    rows.push({ name: entry[1] ?? '', extras: '', specifier, condition: '', comment: '', line: at + 1 });
  });
  return rows;
}
