import {
  Boxes,
  CodeXml,
  Database,
  GitCommitVertical,
  PackageOpen,
  Play,
  Route,
  Send,
  Settings,
  SlidersHorizontal,
  type LucideIcon,
} from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import type { CommandId } from '../shared/commands.ts';
import type { ViewId } from './stores/shell-store.ts';

/** A place of the activity bar. */
export interface Feature {
  readonly id: ViewId;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Goes there. */
  readonly command: CommandId & `view.${string}`;
  /** Shows nothing without trust: the shell explains it in the feature's place. */
  readonly needsTrust: boolean;
  readonly View: ComponentType;
}

/** Every feature, in the order of the activity bar; its code is loaded when it is shown first. */
export const features: readonly Feature[] = [
  {
    id: 'models',
    label: 'Models',
    icon: Boxes,
    command: 'view.models',
    needsTrust: false,
    View: lazy(async () => ({ default: (await import('./features/models/models-view.tsx')).ModelsView })),
  },
  {
    id: 'routes',
    label: 'Routes',
    icon: Route,
    command: 'view.routes',
    needsTrust: false,
    View: lazy(async () => ({ default: (await import('./features/routes/routes-view.tsx')).RoutesView })),
  },
  {
    id: 'project',
    label: 'Project',
    icon: SlidersHorizontal,
    command: 'view.project',
    needsTrust: false,
    View: lazy(async () => ({ default: (await import('./features/project/project-view.tsx')).ProjectView })),
  },
  {
    id: 'code',
    label: 'Code',
    icon: CodeXml,
    command: 'view.code',
    needsTrust: false,
    View: lazy(async () => ({ default: (await import('./features/code/code-view.tsx')).CodeView })),
  },
  {
    id: 'server',
    label: 'Server',
    icon: Play,
    command: 'view.server',
    needsTrust: true,
    View: lazy(async () => ({ default: (await import('./features/server/server-view.tsx')).ServerView })),
  },
  {
    id: 'database',
    label: 'Database',
    icon: Database,
    command: 'view.database',
    needsTrust: false,
    View: lazy(async () => ({
      default: (await import('./features/database/database-view.tsx')).DatabaseView,
    })),
  },
  {
    id: 'migrations',
    label: 'Migrations',
    icon: GitCommitVertical,
    command: 'view.migrations',
    needsTrust: true,
    View: lazy(async () => ({
      default: (await import('./features/migrations/migrations-view.tsx')).MigrationsView,
    })),
  },
  {
    id: 'requests',
    label: 'Requests',
    icon: Send,
    command: 'view.requests',
    needsTrust: true,
    View: lazy(async () => ({
      default: (await import('./features/requests/requests-view.tsx')).RequestsView,
    })),
  },
  {
    id: 'export',
    label: 'Export',
    icon: PackageOpen,
    command: 'view.export',
    needsTrust: true,
    View: lazy(async () => ({ default: (await import('./features/export/export-view.tsx')).ExportView })),
  },
  {
    id: 'settings',
    label: 'Settings',
    icon: Settings,
    command: 'view.settings',
    needsTrust: false,
    View: lazy(async () => ({
      default: (await import('./features/settings/settings-view.tsx')).SettingsView,
    })),
  },
];
