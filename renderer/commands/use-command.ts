import { useCallback, useSyncExternalStore } from 'react';
import { commandSpec, type CommandId } from '../../shared/commands.ts';
import type { Studio } from '../stores/studio.ts';
import { useStudio } from '../stores/studio-context.tsx';
import { isEnabled, runCommand } from './commands.ts';

/** A command as a button needs it. */
export interface BoundCommand {
  readonly label: string;
  readonly shortcut: string | undefined;
  readonly enabled: boolean;
  readonly run: () => void;
}

/** A command with its present state; the component is drawn again when it becomes possible or impossible. */
export function useCommand(id: CommandId): BoundCommand {
  const studio = useStudio();
  const subscribe = useCallback((listener: () => void) => subscribeToAll(studio, listener), [studio]);
  const enabled = useSyncExternalStore(subscribe, () => isEnabled(studio, id));
  const { label, shortcuts } = commandSpec(id);
  return {
    label,
    shortcut: shortcuts?.[0],
    enabled,
    run: () => void runCommand(studio, id),
  };
}

/** Hears every change of the studio's state. */
export function subscribeToAll(studio: Studio, listener: () => void): () => void {
  const stores = [
    studio.settings,
    studio.workspace,
    studio.source,
    studio.plan,
    studio.places,
    studio.jobs,
    studio.server,
    studio.runtime,
    studio.requests,
    studio.editor,
    studio.shell,
    studio.designer,
  ];
  const stops = stores.map((store) => store.state.subscribe(listener));
  return () => {
    for (const stop of stops) stop();
  };
}
