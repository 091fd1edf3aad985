import { Boxes, FileText, Route } from 'lucide-react';
import { useMemo } from 'react';
import { commandSpecs, type CommandId, type CommandSpec, type MenuPlace } from '../../shared/commands.ts';
import type { ProjectSnapshot } from '../../shared/django/project-model.ts';
import type { SourceEntry } from '../../shared/contract/source-calls.ts';
import { isEnabled, runCommand } from '../commands/commands.ts';
import { attempt } from '../stores/notices.ts';
import { useShell, useSource, useStudio } from '../stores/studio-context.tsx';
import { Palette, type PaletteItem } from '../ui/palette.tsx';
import { componentPlaces, type PlaceItem } from './component-places.tsx';

const places: Readonly<Record<MenuPlace, string>> = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  models: 'Models',
  project: 'Project',
  help: 'Help',
};

const hidden: readonly CommandId[] = ['palette.commands'];

/** Finds and runs any command. */
export function CommandPalette() {
  const studio = useStudio();
  const open = useShell((state) => state.palette === 'commands');
  const specs: readonly (CommandSpec & { readonly id: CommandId })[] = commandSpecs;
  const items = open
    ? specs
        .filter((spec) => !hidden.includes(spec.id))
        .map((spec): PaletteItem => {
          return {
            id: spec.id,
            label: spec.label,
            detail: spec.menu === undefined ? undefined : places[spec.menu.place],
            shortcut: spec.shortcuts?.[0],
            disabled: !isEnabled(studio, spec.id),
          };
        })
    : [];
  return (
    <Palette
      open={open}
      onClose={studio.shell.closePalette}
      title="Commands"
      placeholder="Run a command…"
      empty="No command has this name."
      items={[...items].sort((one, other) => Number(one.disabled) - Number(other.disabled))}
      onChoose={(id) => {
        studio.shell.closePalette();
        const spec = specs.find((each) => each.id === id);
        if (spec !== undefined) void runCommand(studio, spec.id);
      }}
    />
  );
}

/** Goes to any file, model, route, view, serializer, form or command of the project. */
export function QuickOpen() {
  const studio = useStudio();
  const open = useShell((state) => state.palette === 'files');
  const snapshot = useSource((state) => state.snapshot);
  const files = useSource((state) => state.files);
  const places = useMemo(() => (open ? findPlaces(snapshot, files) : []), [open, snapshot, files]);
  return (
    <Palette
      open={open}
      onClose={studio.shell.closePalette}
      title="Files, models and routes"
      placeholder="Go to a file, model, route or view…"
      empty="Nothing in this project has this name."
      items={places}
      onChoose={(id) => {
        studio.shell.closePalette();
        const place = places.find((each) => each.id === id);
        if (place !== undefined) {
          void attempt(studio.notify, 'The file could not be opened', () =>
            studio.editor.reveal(place.target),
          );
        }
      }}
    />
  );
}

/** Everything that can be gone to: models first, then routes, views and the like, then files. */
export function findPlaces(
  snapshot: ProjectSnapshot | null,
  files: readonly SourceEntry[],
): readonly PlaceItem[] {
  const models = (snapshot?.models ?? []).map((model) => ({
    id: `model ${model.id}`,
    label: model.name,
    detail: model.app,
    icon: <Boxes size={14} aria-label="Model" />,
    target: model.place,
  }));
  const routes = (snapshot?.routes ?? [])
    .filter((route) => route.view !== null)
    .map((route, index) => ({
      id: `route ${index}`,
      label: route.pattern === '' ? '/' : route.pattern,
      detail: route.name ?? route.view ?? undefined,
      icon: <Route size={14} aria-label="Route" />,
      target: route.viewPlace ?? route.place,
    }));
  const texts = files
    .filter((file) => file.kind === 'file')
    .map((file) => {
      const cut = file.path.lastIndexOf('/');
      return {
        id: `file ${file.path}`,
        label: file.path.slice(cut + 1),
        detail: cut < 0 ? undefined : file.path.slice(0, cut),
        // Paths are typed as they are written: catalog/models.py.
        searched: file.path,
        icon: <FileText size={14} aria-label="File" />,
        target: { file: file.path },
      };
    });
  const components = snapshot === null ? [] : componentPlaces(snapshot);
  return [...models, ...routes, ...components, ...texts];
}
