import { Failure } from '../../../contract/failure.ts';
import { readString } from '../../../python/literal.ts';
import { removeStatements } from '../../../python/statement-edit.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { lineOf } from '../../../python/syntax.ts';
import type { OperationOf } from '../../operations.ts';
import type { SourceText } from '../../project-files.ts';
import { appendToModule } from '../append.ts';
import { requireSettings } from '../apps/plan-app.ts';
import { changeValue, layoutCode } from '../class-attributes.ts';
import { adaptedCode } from '../class-code.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { settingAssignment } from './setting-statements.ts';

/** Django does not start without these. */
const NEEDED = new Set(['SECRET_KEY', 'ROOT_URLCONF', 'INSTALLED_APPS']);

/** Refuses names that Django does not take for a setting. */
export function assertSetting(name: string): void {
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) return;
  throw new Failure('invalid-input', `“${name}” can’t be a setting: Django reads names in capital letters.`, {
    name,
  });
}

/** Whether the value of a setting is nobody's business. */
export function isSecret(name: string): boolean {
  return (
    /SECRET|PASSWORD|TOKEN|API_KEY|PRIVATE_KEY|CREDENTIAL/.test(name) &&
    !/VALIDATORS|HASHERS|TIMEOUT/.test(name)
  );
}

/** Gives a setting another value where it stands, or takes it away. */
export function planSettingsSet(
  { setting, code: typed }: OperationOf<'settings.set'>,
  context: PlanContext,
  draft: Draft,
): void {
  assertSetting(setting);
  const present = settingAssignment(setting, context, draft);
  const path = present?.source.path ?? requireSettings(context).file;
  if (typed === null) {
    if (NEEDED.has(setting))
      throw new Failure('refused', `Django does not start without ${setting}.`, { file: path });
    if (present === null) return;
    assertNamedOnce(setting, present.assignment.statement, present.source);
    draft.edit(path, removeStatements([present.assignment.statement], present.source.text));
    draft.dropUnused(path);
    return;
  }
  const code = adaptedCode(typed, path, new Set(), context, draft) ?? '';
  noteSecret(setting, code, context, draft);
  if (present === null) {
    const line = layoutCode(`${setting} = `, code, '', path, context, draft);
    draft.edit(path, [appendToModule(draft.source(path), line, 1)]);
    return;
  }
  if (present.assignment.value.text === code) return;
  if (readsEnvironment(present.assignment.value)) {
    draft.note(`${setting} was read from the environment and is fixed in ${path} now.`);
  }
  draft.edit(path, changeValue(present.assignment, code, present.source, context, draft));
  draft.dropUnused(path);
}

/** What goes on adding to a setting, or reading it, would fail or mean another value without it. */
function assertNamedOnce(setting: string, statement: SyntaxNode, { root, path }: SourceText): void {
  const other = root
    .descendantsOfType('identifier')
    .find(
      ({ text, startIndex }) =>
        text === setting && (startIndex < statement.startIndex || startIndex >= statement.endIndex),
    );
  if (other === undefined) return;
  const line = lineOf(other);
  throw new Failure(
    'refused',
    `${path} names ${setting} in line ${String(line)}, too: take that out first.`,
    {
      file: path,
      line,
    },
  );
}

/** Whether an expression asks the environment for its value. */
export function readsEnvironment(value: SyntaxNode): boolean {
  return /\benviron\b|\bgetenv\(|\benv(\.\w+)?\(|\bconfig\(/.test(value.text);
}

function noteSecret(setting: string, code: string, { files }: PlanContext, draft: Draft): void {
  if (!isSecret(setting)) return;
  const tree = files.parse(code);
  const value = tree.rootNode.namedChild(0)?.namedChild(0);
  const isPlain = value !== null && value !== undefined && readString(value) !== undefined;
  tree.delete();
  if (isPlain)
    draft.note(
      `${setting} stands in the source then, and in every copy of it: read it from the environment.`,
    );
}
