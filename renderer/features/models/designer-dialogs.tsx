import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { useDesigner, useStudio } from '../../stores/studio-context.tsx';
import { modelById } from '../../stores/source-store.ts';
import type { Picture, PictureKeeper } from './canvas/picture-keeper.ts';
import { ExportDiagramDialog } from './diagram/export-diagram-dialog.tsx';
import { AddApiDialog } from './dialogs/add-api-dialog.tsx';
import { AddAppDialog } from './dialogs/add-app-dialog.tsx';
import { AddModelDialog } from './dialogs/add-model-dialog.tsx';
import { ChooseApiModelDialog } from './dialogs/choose-api-model-dialog.tsx';
import { CompareDialog } from './dialogs/compare-dialog.tsx';
import { FocusRouteDialog } from './dialogs/focus-route-dialog.tsx';
import { MetaEntryDialog } from './dialogs/meta-entry-dialog.tsx';
import { ModelFormDialog } from './dialogs/model-form-dialog.tsx';
import { PasteDialog } from './dialogs/paste-dialog.tsx';
import { RenameAppDialog } from './dialogs/rename-app-dialog.tsx';

interface DesignerDialogsProps {
  readonly snapshot: ProjectSnapshot;
  readonly keeper: PictureKeeper;
  readonly picture: Picture | null;
}

/** The form that is open in front of the designer. */
export function DesignerDialogs({ snapshot, keeper, picture }: DesignerDialogsProps) {
  const { designer } = useStudio();
  const dialog = useDesigner((state) => state.dialog);
  const copied = useDesigner((state) => state.copied);
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
    case 'rename-app':
      return <RenameAppDialog snapshot={snapshot} app={dialog.app} onClose={designer.close} />;
    case 'compare':
      return <CompareDialog snapshot={snapshot} onClose={designer.close} />;
    case 'focus-route':
      return <FocusRouteDialog snapshot={snapshot} onClose={designer.close} />;
    case 'export-diagram':
      return (
        picture && <ExportDiagramDialog picture={picture} models={snapshot.models} onClose={designer.close} />
      );
    case 'paste':
      return (
        copied && (
          <PasteDialog
            snapshot={snapshot}
            copied={copied}
            app={dialog.app}
            onClose={designer.close}
            onWritten={(models) => {
              designer.close();
              const [first] = models;
              if (first !== undefined) designer.reveal(first);
              designer.select(models);
            }}
          />
        )
      );
    case 'model-form': {
      const model = modelById(snapshot, dialog.model);
      const { form, field } = dialog;
      return model && <ModelFormDialog snapshot={snapshot} form={form} model={model} field={field} />;
    }
    case 'meta-entry': {
      const model = modelById(snapshot, dialog.model);
      const { option, index } = dialog;
      return (
        model && <MetaEntryDialog model={model} option={option} index={index} onClose={designer.close} />
      );
    }
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
      const model = modelById(snapshot, dialog.model);
      return model && <AddApiDialog model={model} onClose={designer.close} />;
    }
  }
}
