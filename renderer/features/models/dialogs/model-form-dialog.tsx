import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import type { ModelForm } from '../../../stores/designer-store.ts';
import { useStudio } from '../../../stores/studio-context.tsx';
import { AbsoluteUrlDialog } from './absolute-url-dialog.tsx';
import { BasesDialog } from './bases-dialog.tsx';
import { ChoicesDialog } from './choices-dialog.tsx';
import { DuplicateFieldDialog } from './duplicate-field-dialog.tsx';
import { DuplicateModelDialog } from './duplicate-model-dialog.tsx';
import { ExtractChoicesDialog } from './extract-choices-dialog.tsx';
import { InlineDialog } from './inline-dialog.tsx';
import { ManagerDialog } from './manager-dialog.tsx';
import { MoveFieldDialog } from './move-field-dialog.tsx';
import { MoveModelDialog } from './move-model-dialog.tsx';
import { SerializerDialog } from './serializer-dialog.tsx';
import { StrDialog } from './str-dialog.tsx';
import { ThroughDialog } from './through-dialog.tsx';

interface ModelFormDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly form: ModelForm;
  readonly model: ModelFacts;
  readonly field: string | null;
}

/** The form about one model that is open in front of the designer. */
export function ModelFormDialog({ snapshot, form, model, field }: ModelFormDialogProps) {
  const { designer } = useStudio();
  const about = { snapshot, model, onClose: designer.close };
  const follow = (id: string): void => {
    designer.close();
    designer.reveal(id);
  };
  switch (form) {
    case 'duplicate':
      return <DuplicateModelDialog {...about} onWritten={follow} />;
    case 'move':
      return <MoveModelDialog {...about} onWritten={follow} />;
    case 'bases':
      return <BasesDialog {...about} />;
    case 'str':
      return <StrDialog {...about} />;
    case 'absolute-url':
      return <AbsoluteUrlDialog {...about} />;
    case 'manager':
      return <ManagerDialog {...about} />;
    case 'choices':
      return <ChoicesDialog {...about} field={field} />;
    case 'extract-choices':
      return field === null ? null : <ExtractChoicesDialog {...about} field={field} />;
    case 'duplicate-field':
      return field === null ? null : <DuplicateFieldDialog {...about} field={field} />;
    case 'move-field':
      return field === null ? null : <MoveFieldDialog {...about} field={field} />;
    case 'through':
      return <ThroughDialog {...about} />;
    case 'inline':
      return <InlineDialog {...about} />;
    case 'serializer':
      return <SerializerDialog {...about} />;
  }
}
