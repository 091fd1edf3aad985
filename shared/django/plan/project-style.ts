import {
  DEFAULT_LINE_LENGTH,
  readHabits,
  styleFrom,
  type FileHabits,
  type FileStyle,
} from '../../python/file-style.ts';
import type { FormattedStyle } from '../../python/formatting/lay-out.ts';
import { readConfiguredStyle, STYLE_FILES, type ConfiguredStyle } from '../../python/style-config.ts';
import { joinPath } from '../module-resolver.ts';
import type { SourceText } from '../project-files.ts';
import type { PlanContext } from './plan-context.ts';

/** How new code of a file is written: as its formatter is told, then as the file is, then as the settings module is. */
export function styleOf(context: PlanContext, path: string): FileStyle {
  const { files, snapshot } = context;
  const configured = configuredStyle(context);
  const base: FileStyle = {
    quote: configured.quote ?? "'",
    indent: configured.indent ?? '    ',
    lineEnding: '\n',
    lineLength: configured.lineLength ?? DEFAULT_LINE_LENGTH,
  };
  const settings = snapshot.settings === null ? null : files.derived(snapshot.settings.file, habitsOf);
  const fallback = settings === null ? base : styleFrom(settings, base);
  const source = files.get(path);
  if (source === null) return { ...fallback, quote: configured.quote ?? fallback.quote };
  if (path.endsWith('.py')) {
    const habits = files.derived(path, habitsOf);
    const own = habits === null ? fallback : styleFrom(habits, fallback);
    return { ...own, quote: configured.quote ?? own.quote };
  }
  const isCrlf = source.text.includes('\r\n');
  const lineEnding = isCrlf ? '\r\n' : source.text.includes('\n') ? '\n' : fallback.lineEnding;
  return { ...fallback, lineEnding };
}

function habitsOf({ root, text }: SourceText): FileHabits {
  return readHabits(root, text);
}

/** How the formatter of the project leaves a module; null where none is configured. */
export function formattedStyleOf(context: PlanContext, style: FileStyle): FormattedStyle | null {
  const { formatter } = configuredStyle(context);
  if (formatter === null) return null;
  const { keepsQuotes, ...rules } = formatter;
  return { ...style, ...rules, quote: keepsQuotes ? null : style.quote, sortsImports: true };
}

/** What is said nearest to the project, of each file that can say it. */
function configuredStyle({ files, snapshot }: PlanContext): ConfiguredStyle {
  const paths = STYLE_FILES.flatMap((name) => [joinPath(snapshot.project ?? '', name), name]);
  const said = [...new Set(paths)].flatMap((path) => files.derived(path, readOne) ?? []);
  const first = <K extends keyof ConfiguredStyle>(key: K): ConfiguredStyle[K] | null =>
    said.find((each) => each[key] !== null)?.[key] ?? null;
  return {
    lineLength: first('lineLength'),
    quote: first('quote'),
    indent: first('indent'),
    formatter: first('formatter'),
  };
}

function readOne({ path, text }: SourceText): ConfiguredStyle {
  return readConfiguredStyle(path, text);
}
