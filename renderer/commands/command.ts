import type { CommandId } from '../../shared/commands.ts';
import type { Studio } from '../stores/studio.ts';

/** What a command does, and when it can. Its label and shortcuts stand in `shared/commands.ts`. */
export interface Command {
  readonly id: CommandId;
  /** Whether it can run now; read again whenever the state of the studio changes. */
  readonly enabled: (studio: Studio) => boolean;
  readonly run: (studio: Studio) => void | Promise<void>;
}

/** For commands that can always run. */
export function always(): boolean {
  return true;
}

/** For commands that need an open folder. */
export function withWorkspace(studio: Studio): boolean {
  return studio.workspace.state.getState().workspace !== null;
}

/** For commands that run code of the project. */
export function withTrust(studio: Studio): boolean {
  const { workspace } = studio.workspace.state.getState();
  return workspace !== null && workspace.trusted && workspace.project !== null;
}
