import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import type { Choice } from '../../../ui/select.tsx';

/** Models of Django's own apps that projects point to, by the app that has to be installed. */
const BUILT_IN: readonly string[] = [
  'auth.Group',
  'auth.Permission',
  'contenttypes.ContentType',
  'sites.Site',
];

/** What a relation of this model can lead to: itself, the user model, the own app's models, then the others. */
export function targetChoices(snapshot: ProjectSnapshot, model: string): readonly Choice[] {
  const [app = ''] = model.split('.');
  const concrete = snapshot.models.filter((candidate) => !candidate.abstract && candidate.id !== model);
  const userModel = snapshot.settings?.authUserModel ?? 'auth.User';
  const own = concrete.filter((candidate) => candidate.app === app);
  const others = concrete.filter((candidate) => candidate.app !== app && candidate.id !== userModel);
  const installed = new Set(snapshot.apps.map((candidate) => candidate.label));
  return [
    { value: 'self', label: 'self', detail: 'this model' },
    ...own.filter((candidate) => candidate.id !== userModel).map(asChoice),
    {
      value: 'settings.AUTH_USER_MODEL',
      label: userModel.split('.').at(-1) ?? 'User',
      detail: 'the user model',
    },
    ...others.map(asChoice),
    ...BUILT_IN.filter((id) => installed.has(id.split('.')[0] ?? '')).map((id) => asChoice({ id })),
  ];
}

/** The fields of a model as names to choose. */
export function fieldNameChoices(model: ModelFacts): readonly Choice[] {
  return model.fields.map(({ name, type }) => ({ value: name, label: name, detail: type }));
}

function asChoice({ id }: { readonly id: string }): Choice {
  const [app = '', name = id] = id.split('.');
  return { value: id, label: name, detail: app };
}
