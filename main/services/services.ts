import type { EventMessage } from '../../shared/contract/contract.ts';
import type { Dispatch } from '../../shared/contract/dispatch.ts';
import type { StartModule } from './module-process.ts';

/** All services of one running studio, as its shells see them. */
export interface Services {
  readonly dispatch: Dispatch;
  /** Hears every event; the function that comes back ends it. */
  readonly subscribe: (listener: (message: EventMessage) => void) => () => void;
  /** Ends every process and lets go of every file; a second call waits for the first. */
  readonly dispose: () => Promise<void>;
}

/** What a shell gives to the services. */
export interface ServicesOptions {
  /** The studio's own state: settings, recent projects, trust. Made when missing. */
  readonly stateFolder: string;
  /** Where `host`, `templates` and `deploy` stand. */
  readonly resourcesFolder: string;
  readonly version: string;
  readonly shell: 'electron' | 'browser';
  /** The native folder dialog; null where there is none and the window shows one of ours. */
  readonly pickFolder: ((title: string) => Promise<string | null>) | null;
  /** How the shell starts a module in a process of its own; plain Node's way where it says nothing. */
  readonly startModule?: StartModule;
  /** A folder to open at once. */
  readonly openWorkspace?: string;
}

/** Builds the services; a shell gets this function, so that its tests can bring smaller ones. */
export type CreateServices = (options: ServicesOptions) => Promise<Services>;
