import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { useDesigner, useStudio } from '../../stores/studio-context.tsx';
import type { PictureKeeper } from './canvas/picture-keeper.ts';
import { AddApiDialog } from './dialogs/add-api-dialog.tsx';
import { AddAppDialog } from './dialogs/add-app-dialog.tsx';
import { AddModelDialog } from './dialogs/add-model-dialog.tsx';
import { ChooseApiModelDialog } from './dialogs/choose-api-model-dialog.tsx';

interface DesignerDialogsProps {
  readonly snapshot: ProjectSnapshot;
  readonly keeper: PictureKeeper;
}

/** The form that is open in front of the designer. */
export function DesignerDialogs({ snapshot, keeper }: DesignerDialogsProps) {
  const { designer } = useStudio();
  const dialog = useDesigner((state) => state.dialog);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'add-app':
      return (
        <AddAppDialog
          snapshot={snapshot}
          onClose={designer.close}
          onAdded={(app) => {
            // An app is made for its models: the next step is the first of them.
            designer.open({ kind: 'add-model', app, at: null });
          }}
        />
      );
    case 'add-model':
      return (
        <AddModelDialog
          snapshot={snapshot}
          app={dialog.app}
          onClose={designer.close}
          onProposed={(model) => {
            if (dialog.at !== null) keeper.reserve(model, dialog.at);
          }}
          onAdded={(model) => {
            designer.close();
            designer.reveal(model);
          }}
        />
      );
    case 'add-api': {
      if (dialog.model === null) {
        return (
          <ChooseApiModelDialog
            snapshot={snapshot}
            onClose={designer.close}
            onChosen={(chosen) => {
              designer.open({ kind: 'add-api', model: chosen });
            }}
          />
        );
      }
      const model = snapshot.models.find((candidate) => candidate.id === dialog.model);
      return model === undefined ? null : <AddApiDialog model={model} onClose={designer.close} />;
    }
  }
}
