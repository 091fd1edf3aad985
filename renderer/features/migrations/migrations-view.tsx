import { GitCommitVertical } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';

/** What makemigrations would write, and what is applied. */
export function MigrationsView() {
  return (
    <EmptyState icon={GitCommitVertical} title="Migrations">
      What makemigrations would write, and what is applied.
    </EmptyState>
  );
}
