import { Plug, Plus } from 'lucide-react';
import type { ModelFacts, ProjectSnapshot } from '../../../../../shared/django/project-model.ts';
import { CommandButton } from '../../../../commands/command-button.tsx';
import { SerializerEditor } from '../../../../fields/serializer-editor.tsx';
import { useStudio } from '../../../../stores/studio-context.tsx';
import { Button } from '../../../../ui/button.tsx';
import { InspectorSection } from '../inspector-section.tsx';

interface SerializersSectionProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
}

/** How an API shows a model: its serializers, and a whole API where there is none. */
export function SerializersSection({ snapshot, model }: SerializersSectionProps) {
  const { designer } = useStudio();
  const serializers = snapshot.serializers.filter((each) => each.model === model.id);
  return (
    <InspectorSection title="API" count={serializers.length}>
      {serializers.map((serializer) => (
        <SerializerEditor
          key={`${serializer.place.file}:${serializer.name}`}
          snapshot={snapshot}
          serializer={serializer}
        />
      ))}
      {!model.stale && (
        <div className="inspector-actions">
          <CommandButton command="models.addApi" small icon={Plug}>
            Add an API…
          </CommandButton>
          <Button
            small
            icon={Plus}
            onClick={() => {
              designer.open({ kind: 'model-form', form: 'serializer', model: model.id, field: null });
            }}
          >
            Serializer…
          </Button>
        </div>
      )}
    </InspectorSection>
  );
}
