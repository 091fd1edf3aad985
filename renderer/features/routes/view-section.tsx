import { Plus } from 'lucide-react';
import { useState } from 'react';
import { viewOptions } from '../../../shared/django/catalogue/class-options.ts';
import type { ViewFacts } from '../../../shared/django/component-model.ts';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { OptionsEditor } from '../../fields/options-editor.tsx';
import { SerializerEditor } from '../../fields/serializer-editor.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { HandlerForm } from './handler-form.tsx';

interface ViewSectionProps {
  readonly snapshot: ProjectSnapshot;
  readonly view: ViewFacts;
}

/** The class behind a route: its attributes, its handlers, and the serializer it answers with. */
export function ViewSection({ snapshot, view }: ViewSectionProps) {
  const [open, setOpen] = useState({ view: true, serializer: false });
  const [adding, setAdding] = useState(false);
  if (view.kind === 'function' || view.kind === 'api-function') return null;
  const model = snapshot.models.find(({ id }) => id === view.model);
  const names = (model?.fields ?? []).map(({ name, type }) => ({ value: name, label: name, detail: type }));
  const serializer = serializerOf(snapshot, view);
  return (
    <>
      <Section
        title={view.name}
        count={view.options.length}
        open={open.view}
        onToggle={() => {
          setOpen({ ...open, view: !open.view });
        }}
        actions={
          <Button
            small
            kind="quiet"
            icon={Plus}
            disabled={view.stale}
            onClick={() => {
              setAdding(true);
            }}
          >
            {view.kind === 'viewset' ? 'Action' : 'Handler'}
          </Button>
        }
      >
        <OptionsEditor
          label={`Attributes of ${view.name}`}
          options={view.options}
          known={viewOptions(view.kind)}
          names={names}
          disabled={view.stale}
          empty="Says nothing of its own yet: permissions and the rest are the project’s."
          operation={(option, code) => ({
            kind: 'view.set',
            view: { file: view.place.file, name: view.name },
            option,
            code,
          })}
        />
      </Section>
      {serializer !== null && (
        <Section
          title="Serializer"
          open={open.serializer}
          onToggle={() => {
            setOpen({ ...open, serializer: !open.serializer });
          }}
        >
          <SerializerEditor snapshot={snapshot} serializer={serializer} />
        </Section>
      )}
      {adding && (
        <HandlerForm
          view={view}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </>
  );
}

/** The serializer that `serializer_class` names. */
function serializerOf({ serializers }: ProjectSnapshot, view: ViewFacts) {
  const code = view.options.find(({ name }) => name === 'serializer_class')?.code;
  const name = code?.split('.').at(-1);
  return serializers.find((each) => each.name === name) ?? null;
}
