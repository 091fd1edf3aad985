import { parse } from 'smol-toml';

/** What the files that configure formatters and linters say of style; null where they are silent. */
export interface ConfiguredStyle {
  readonly lineLength: number | null;
  readonly quote: "'" | '"' | null;
  readonly indent: string | null;
  /** The formatter that the files are left to. */
  readonly formatter: FormatterRules | null;
}

/** What Black or ruff are told beside length and quotes. */
export interface FormatterRules {
  readonly keepsQuotes: boolean;
  readonly keepsTrailingCommas: boolean;
  /** Strings side by side become one where that fits. */
  readonly joinsStrings: boolean;
}

/** The files that say it, the one that counts most first. */
export const STYLE_FILES = [
  '.ruff.toml',
  'ruff.toml',
  'pyproject.toml',
  '.flake8',
  'setup.cfg',
  'tox.ini',
  '.editorconfig',
] as const;

const SILENT: ConfiguredStyle = { lineLength: null, quote: null, indent: null, formatter: null };

/** Reads one of them; a file that can't be read says nothing. */
export function readConfiguredStyle(name: string, text: string): ConfiguredStyle {
  if (name.endsWith('ruff.toml')) return ofRuff(tableOf(text), true);
  if (name.endsWith('pyproject.toml')) {
    const tool = inside(tableOf(text), 'tool');
    const [ruff, black] = [ofRuff(inside(tool, 'ruff'), 'ruff' in tool), ofBlack(tool)];
    return {
      lineLength: ruff.lineLength ?? black.lineLength,
      quote: ruff.quote ?? black.quote,
      indent: ruff.indent,
      formatter: ruff.formatter ?? black.formatter,
    };
  }
  if (name.endsWith('.editorconfig')) return ofEditor(text);
  // https://flake8.pycqa.org/en/latest/user/configuration.html
  const flake8 = sectionsOf(text).get('flake8') ?? sectionsOf(text).get('pycodestyle');
  return {
    ...SILENT,
    lineLength: numberOf(flake8?.get('max-line-length') ?? flake8?.get('max_line_length')),
  };
}

type Table = Readonly<Record<string, unknown>>;

function tableOf(text: string): Table {
  try {
    return parse(text);
  } catch {
    return {}; // somebody is typing in it
  }
}

function inside(table: Table, name: string): Table {
  const value = table[name];
  return typeof value === 'object' && value !== null ? (value as Table) : {};
}

/** https://docs.astral.sh/ruff/settings/ */
function ofRuff(ruff: Table, isUsed: boolean): ConfiguredStyle {
  const length = ruff['line-length'];
  const format = inside(ruff, 'format');
  const quotes = format['quote-style'];
  return {
    lineLength: typeof length === 'number' ? length : null,
    quote: quotes === 'single' ? "'" : quotes === 'double' ? '"' : null,
    indent: format['indent-style'] === 'tab' ? '\t' : null,
    formatter: isUsed
      ? {
          keepsQuotes: quotes === 'preserve',
          keepsTrailingCommas: format['skip-magic-trailing-comma'] !== true,
          joinsStrings: true,
        }
      : null,
  };
}

/** https://black.readthedocs.io/en/stable/usage_and_configuration/the_basics.html */
function ofBlack(tool: Table): ConfiguredStyle {
  const black = inside(tool, 'black');
  if (!('black' in tool)) return SILENT;
  const length = black['line-length'];
  const keepsQuotes = black['skip-string-normalization'] === true;
  return {
    lineLength: typeof length === 'number' ? length : null,
    quote: keepsQuotes ? null : '"',
    indent: null,
    formatter: {
      keepsQuotes,
      keepsTrailingCommas: black['skip-magic-trailing-comma'] !== true,
      joinsStrings: false,
    },
  };
}

/** https://spec.editorconfig.org: the section of Python counts more than that of all files. */
function ofEditor(text: string): ConfiguredStyle {
  const sections = sectionsOf(text);
  const isPython = (glob: string): boolean => /(^|[.,{])py([,}]|$)/.test(glob);
  const python = [...sections].find(([glob]) => isPython(glob))?.[1];
  const value = (name: string): string | undefined => python?.get(name) ?? sections.get('*')?.get(name);
  const size = numberOf(value('indent_size'));
  const indent = value('indent_style') === 'tab' ? '\t' : size === null ? null : ' '.repeat(size);
  return { ...SILENT, lineLength: numberOf(value('max_line_length')), indent };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

function sectionsOf(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const head = /^\[(.+)\]\s*$/.exec(line)?.[1];
    const [, name, value] = /^\s*([\w-]+)\s*[=:]\s*([^#;]*)/.exec(line) ?? [];
    if (head !== undefined) {
      current = new Map();
      sections.set(head, current);
    } else if (name !== undefined && value !== undefined) current.set(name, value.trim());
  }
  return sections;
}
