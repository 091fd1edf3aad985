import type { ExpressionFacts } from '../../python/python-module.ts';
import type { CommandFacts } from '../component-model.ts';
import { attributeOf, lineageOf } from './class-lineage.ts';
import type { ComponentContext } from './component-context.ts';

const COMMAND = /(^|\/)management\/commands\/([^_/][^/]*)\.py$/;

/** The management command that a file is: https://docs.djangoproject.com/en/5.2/howto/custom-management-commands/ */
export function readCommand(
  path: string,
  { files, resolver, appLabel }: ComponentContext,
): CommandFacts | null {
  const name = COMMAND.exec(path)?.[2];
  const found = name === undefined ? null : resolver.resolve(path, 'Command');
  if (name === undefined || found?.kind !== 'class') return null;
  const own = found.path === path ? found.facts.span : { start: 0, end: 0, line: 1 };
  return {
    kind: 'command',
    name,
    app: appLabel(path.replace(COMMAND, '$1management.py')),
    help: helpText(attributeOf(lineageOf(found.path, found.facts, resolver), 'help')),
    place: { file: path, ...own },
    stale: files.get(path)?.stale.has('Command') === true,
  };
}

/** A translated text is taken in its source language. */
function helpText(value: ExpressionFacts | undefined): string | null {
  const literal = value?.literal ?? value?.call?.positional[0]?.literal;
  return typeof literal === 'string' ? literal : null;
}
