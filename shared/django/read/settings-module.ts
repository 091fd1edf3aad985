import { evaluate, textOf, type Scope, type Value } from '../../python/evaluate.ts';
import { readString } from '../../python/literal.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { argumentsOf, assignmentsOf, dottedName, statementsOf } from '../../python/syntax.ts';
import type { SourceText } from '../project-files.ts';

const VARIABLE = 'DJANGO_SETTINGS_MODULE';

/** The settings module that a `manage.py` (or `wsgi.py`) falls back to; null where it names none. */
export function readSettingsModule({ path, text, root }: SourceText): string | null {
  if (!text.includes(VARIABLE)) return null;
  const scope = scopeOf(path, root);
  for (const call of root.descendantsOfType('call')) {
    const [key, value] = argumentsOf(call.childForFieldName('arguments')).positional;
    const callee = dottedName(call.childForFieldName('function')) ?? '';
    if (key === undefined || value === undefined || !/(setdefault|get|getenv)$/.test(callee)) continue;
    const module = readString(key.value) === VARIABLE ? textOf(evaluate(value.value, scope)) : null;
    if (module !== null) return module;
  }
  for (const subscript of root.descendantsOfType('subscript')) {
    const key = subscript.childForFieldName('subscript');
    const assignment = subscript.parent?.type === 'assignment' ? subscript.parent : null;
    if (key === null || assignment === null || readString(key) !== VARIABLE) continue;
    const value = assignment.childForFieldName('right');
    const module = value === null ? null : textOf(evaluate(value, scope));
    if (module !== null) return module;
  }
  return null;
}

/** The names that are assigned in the file, also in its functions: `f'config.settings.{environment}'`. */
function scopeOf(file: string, root: SyntaxNode): Scope {
  const values = new Map<string, Value>();
  const scope: Scope = { file, get: (name) => values.get(name) };
  const bodies = [root, ...root.descendantsOfType('function_definition')];
  for (const body of bodies) {
    const block = body.type === 'function_definition' ? body.childForFieldName('body') : body;
    for (const statement of block === null ? [] : statementsOf(block)) {
      for (const { target, value } of assignmentsOf(statement)) {
        if (target.type === 'identifier') values.set(target.text, evaluate(value, scope));
      }
    }
  }
  return scope;
}
