import type { FieldInput } from '../../../../shared/django/operations/parts.ts';
import { assertModelName } from '../../../../shared/django/plan/names.ts';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { isSound, problemsOf } from '../inspector/field-draft.ts';
import { parseQuickField } from '../inspector/quick-field.ts';
import { nameProblem } from '../name-problem.ts';

/** What the form of a new model holds. */
export interface ModelDraft {
  readonly app: string;
  readonly name: string;
  /** One field a line. */
  readonly lines: string;
  readonly admin: boolean;
}

/** A line that can't be read. */
export interface LineProblem {
  /** From 1. */
  readonly line: number;
  readonly problem: string;
}

/** The fields that the lines stand for, and what is wrong with the others. */
export interface ReadLines {
  readonly fields: readonly FieldInput[];
  readonly problems: readonly LineProblem[];
}

/** Reads the lines of a new model; it may lead to itself by its name. */
export function readLines(draft: ModelDraft, snapshot: ProjectSnapshot): ReadLines {
  const id = `${draft.app}.${draft.name}`;
  const models = snapshot.models.filter((model) => !model.abstract).map((model) => model.id);
  const fields: FieldInput[] = [];
  const problems: LineProblem[] = [];
  draft.lines.split('\n').forEach((text, at) => {
    if (text.trim() === '') return;
    const parsed = parseQuickField(text, {
      models: draft.name === '' ? models : [...models, id],
      app: draft.app,
    });
    const problem = parsed.ok ? fieldProblem(parsed.field, fields) : parsed.problem;
    if (problem !== null) problems.push({ line: at + 1, problem });
    else if (parsed.ok) fields.push(parsed.field.to === id ? { ...parsed.field, to: 'self' } : parsed.field);
  });
  return { fields, problems };
}

/** Why the name can't be used; null when it can. */
export function modelNameProblem(draft: ModelDraft, snapshot: ProjectSnapshot): string | null {
  return nameProblem(() => {
    assertModelName(draft.name, draft.app, snapshot, new Set());
  });
}

function fieldProblem(field: FieldInput, before: readonly FieldInput[]): string | null {
  if (before.some((other) => other.name === field.name))
    return `There is a field named “${field.name}” already.`;
  const problems = problemsOf(field, EMPTY_MODEL, null);
  if (isSound(problems)) return null;
  return problems.name ?? problems.type ?? problems.to ?? Object.values(problems.options)[0] ?? null;
}

/** A model without anything in it: the rules of fields are asked against it. */
const EMPTY_MODEL: ModelFacts = {
  id: '',
  app: '',
  name: '',
  bases: [],
  abstract: false,
  proxy: false,
  fields: [],
  meta: [],
  methods: [],
  docstring: null,
  place: { file: '', start: 0, end: 0, line: 1 },
  stale: false,
};
