import { join } from 'node:path';
import type { EventName, Events } from '../../shared/contract/contract.ts';
import type { HostEvent } from '../../main/services/host/host-events.ts';
import { createHostService, type HostService } from '../../main/services/host/host-service.ts';
import { createServerService, type ServerService } from '../../main/services/server/server-service.ts';
import type { DjangoProject } from './django-project.ts';

/** The host of a project with the server service on it, and everything they told. */
export interface HostSession {
  readonly host: HostService;
  readonly server: ServerService;
  readonly hostEvents: HostEvent[];
  readonly events: { readonly name: EventName; readonly payload: unknown }[];
  readonly reports: unknown[];
  readonly served: number[];
  readonly emit: <N extends EventName>(name: N, payload: Events[N]) => void;
  readonly end: () => Promise<void>;
}

/** Wires the services as the studio does; nothing is started yet. */
export function openHostSession(project: DjangoProject): HostSession {
  const hostEvents: HostEvent[] = [];
  const events: HostSession['events'] = [];
  const reports: unknown[] = [];
  const served: number[] = [];
  const emit: HostSession['emit'] = (name, payload) => {
    events.push({ name, payload });
  };
  const report = (error: unknown): void => {
    reports.push(error);
  };
  const host = createHostService({
    hostFolder: join(import.meta.dirname, '..', '..', 'resources', 'host'),
    environment: process.env,
    target: () =>
      Promise.resolve({
        interpreter: project.interpreter,
        projectFolder: project.folder,
        settingsModule: project.settingsModule,
      }),
    report,
  });
  host.onEvent((event) => hostEvents.push(event));
  const server = createServerService({
    emit,
    host,
    wantedPort: () => Promise.resolve(0),
    ownCommand: () => Promise.resolve(null),
    onServing: (generation) => served.push(generation),
    report,
  });
  const end = async (): Promise<void> => {
    server.dispose();
    await host.dispose();
  };
  return { host, server, hostEvents, events, reports, served, emit, end };
}
