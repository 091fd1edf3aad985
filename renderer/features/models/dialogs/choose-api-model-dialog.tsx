import { useState } from 'react';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';

interface ChooseApiModelDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly onClose: () => void;
  readonly onChosen: (model: string) => void;
}

/** Asks which model gets an API, where none is chosen in the designer. */
export function ChooseApiModelDialog({ snapshot, onClose, onChosen }: ChooseApiModelDialogProps) {
  const [model, setModel] = useState<string | null>(null);
  const choices = snapshot.models
    .filter(({ abstract }) => !abstract)
    .map(({ id, name, app }) => ({ value: id, label: name, detail: app }));
  const goOn = (): void => {
    if (model !== null) onChosen(model);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add an API for a model"
      description="Its serializer, viewset, routes and tests are written with Django REST Framework."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={model === null} onClick={goOn}>
            Continue
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          goOn();
        }}
      >
        <FormField label="Model">
          {(control) => (
            <Combobox
              {...control}
              choices={choices}
              value={model}
              placeholder="Search models"
              empty="No model has this name."
              onChange={setModel}
            />
          )}
        </FormField>
      </form>
    </Dialog>
  );
}
