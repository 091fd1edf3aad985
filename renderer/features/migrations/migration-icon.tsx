import { CircleCheck, CircleDashed, CircleHelp, CircleX, Combine, GitFork } from 'lucide-react';
import type { MigrationMark } from './graph-layout.ts';

const looks = {
  applied: { icon: CircleCheck, label: 'applied' },
  unapplied: { icon: CircleDashed, label: 'not applied' },
  unknown: { icon: CircleHelp, label: 'not known' },
  missing: { icon: CircleX, label: 'its file is missing' },
  conflicting: { icon: GitFork, label: 'in conflict with another' },
  squashed: { icon: Combine, label: 'squashed into another' },
} as const;

/** The state of a migration as an icon with its word. */
export function MigrationIcon({ mark }: { readonly mark: MigrationMark }) {
  const { icon: Icon, label } = looks[mark];
  return <Icon className={`migration-${mark}`} size={14} aria-label={label} />;
}

/** The word for the state of a migration. */
export function wordOf(mark: MigrationMark): string {
  return looks[mark].label;
}
