import { Failure } from '../../../contract/failure.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, dottedName, partsOf } from '../../../python/syntax.ts';
import type { ModelFacts, ProjectSnapshot } from '../../project-model.ts';

/** The options Django takes: https://docs.djangoproject.com/en/5.2/ref/models/options/ */
const OPTIONS = new Set(
  (
    'abstract app_label base_manager_name constraints db_table db_table_comment db_tablespace ' +
    'default_manager_name default_permissions default_related_name get_latest_by index_together indexes managed ' +
    'ordering order_with_respect_to permissions proxy required_db_features required_db_vendor select_on_save ' +
    'swappable unique_together verbose_name verbose_name_plural'
  ).split(' '),
);

/** Refuses options that Django would not know, which stops the whole project. */
export function assertOptionName(option: string): void {
  if (OPTIONS.has(option)) return;
  throw new Failure('invalid-input', `Django has no Meta option named “${option}”.`, { option });
}

/** Refuses entries of index, constraint and other lists that Django's system checks would refuse. */
export function assertEntry(
  option: string,
  entry: SyntaxNode,
  model: ModelFacts,
  snapshot: ProjectSnapshot,
): void {
  if (option === 'indexes' || option === 'constraints') assertCall(option, entry, model, snapshot);
  else if (option === 'permissions') assertPermission(entry);
  else for (const name of textsOf(entry)) assertFieldNamed(name, model, snapshot);
}

/** Refuses an ordering by a field that is not there: models.E015. */
export function assertOptionValue(
  option: string,
  value: SyntaxNode,
  model: ModelFacts,
  snapshot: ProjectSnapshot,
): void {
  const names = option === 'ordering' ? textsOf(value) : [];
  for (const name of names) {
    const first = name.replace(/^[-+]/, '').split('__')[0] ?? '';
    if (first !== '?' && first !== 'pk') assertFieldNamed(first, model, snapshot);
  }
}

function assertCall(option: string, entry: SyntaxNode, model: ModelFacts, snapshot: ProjectSnapshot): void {
  const callee = entry.type === 'call' ? (dottedName(entry.childForFieldName('function')) ?? '') : '';
  const wanted = option === 'indexes' ? /Index$/ : /Constraint$/;
  if (!wanted.test(callee)) {
    const example = option === 'indexes' ? 'models.Index(…)' : 'models.UniqueConstraint(…)';
    throw invalid(`An entry of ${option} is made by a call like ${example}: “${entry.text}” is not.`);
  }
  const { positional, keywords, open } = argumentsOf(entry.childForFieldName('arguments'));
  if (open) return;
  const given = keywords.find(({ name }) => name === 'name')?.value;
  const name = given === undefined ? null : (readString(given) ?? null);
  const byExpression = positional.length > 0;
  if (given === undefined && (option === 'constraints' || byExpression)) {
    throw invalid(`${callee} needs a name: add name="…".`);
  }
  if (name !== null) assertEntryName(name, option, model, snapshot);
  const fields = keywords.find(({ name: keyword }) => keyword === 'fields' || keyword === 'include');
  for (const field of fields === undefined ? [] : textsOf(fields.value)) {
    assertFieldNamed(field.replace(/^-/, ''), model, snapshot);
  }
}

/** models.E029 to models.E034: https://docs.djangoproject.com/en/5.2/ref/checks/#models */
function assertEntryName(name: string, option: string, model: ModelFacts, { models }: ProjectSnapshot): void {
  if (option === 'indexes' && name.length > 30) {
    throw invalid(`The name of an index has 30 characters at most: “${name}” is longer.`);
  }
  if (option === 'indexes' && /^[_\d]/.test(name)) {
    throw invalid(`The name of an index starts with a letter: “${name}” does not.`);
  }
  const spelled = new RegExp(`name\\s*=\\s*(['"])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\1`);
  const other = models.find(
    ({ id, meta }) => id !== model.id && meta.some((each) => each.name === option && spelled.test(each.code)),
  );
  if (other !== undefined) throw invalid(`${other.id} has an entry named “${name}” in ${option} already.`);
}

function assertPermission(entry: SyntaxNode): void {
  const [code, label, more] = partsOf(entry);
  const isPair = /^(tuple|list)$/.test(entry.type) && label !== undefined && more === undefined;
  if (!isPair || code === undefined || readString(code) === undefined) {
    throw invalid(`A permission is a pair of code and name: ("publish_book", "Can publish books").`);
  }
}

/** models.E012: a name that no field has; where a base is not part of the project, its fields are not known. */
function assertFieldNamed(name: string, model: ModelFacts, snapshot: ProjectSnapshot): void {
  if (/[%{]/.test(name) || name === 'id' || name === 'pk' || name === '_order') return;
  const { fields, bases } = model;
  const known = fields.some((each) => each.name === name || `${each.name}_id` === name);
  const ownBases = bases.every(
    (base) =>
      /(^|\.)Model$/.test(base) || snapshot.models.some((each) => each.name === base && each.abstract),
  );
  if (known || !ownBases) return;
  throw new Failure('invalid-input', `${model.id} has no field named “${name}”.`, { name });
}

/** The strings of a display, or the string itself; what is not a string is nothing to check. */
function textsOf(node: SyntaxNode): readonly string[] {
  const items = /^(list|tuple|set)$/.test(node.type) ? partsOf(node) : [node];
  return items.map((item) => readString(item)).filter((text) => text !== undefined);
}

function invalid(message: string): Failure {
  return new Failure('invalid-input', message);
}
