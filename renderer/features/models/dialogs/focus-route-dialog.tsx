import { useMemo, useState } from 'react';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { modelsOfRoute } from '../../../../shared/django/route-models.ts';
import { useStudio } from '../../../stores/studio-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';

interface FocusRouteDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly onClose: () => void;
}

/** Asks for the route whose models are to be looked at. */
export function FocusRouteDialog({ snapshot, onClose }: FocusRouteDialogProps) {
  const { designer } = useStudio();
  const [chosen, setChosen] = useState<string | null>(null);
  const routes = useMemo(() => routesWithModels(snapshot), [snapshot]);
  const route = routes.find(({ key }) => key === chosen) ?? null;
  const show = (): void => {
    if (route === null) return;
    designer.setFocus({ kind: 'route', pattern: route.pattern, models: route.models });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Focus on the models of a route"
      description="The models of its view, and those of the serializers, forms and filters that the view names."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={route === null} onClick={show}>
            Show them
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          show();
        }}
      >
        <FormField label="Route">
          {(control) => (
            <Combobox
              {...control}
              value={chosen}
              placeholder="Search routes"
              empty="No route that says which models it works with has this pattern."
              choices={routes.map(({ key, pattern, models }) => ({
                value: key,
                label: pattern === '' ? '/' : pattern,
                detail: models.map((id) => id.split('.')[1] ?? id).join(', '),
              }))}
              onChange={setChosen}
            />
          )}
        </FormField>
      </form>
    </Dialog>
  );
}

function routesWithModels(snapshot: ProjectSnapshot) {
  return snapshot.routes.flatMap((route, at) => {
    const models = [...modelsOfRoute(route, snapshot)];
    return models.length === 0 ? [] : [{ key: String(at), pattern: route.pattern, models }];
  });
}
