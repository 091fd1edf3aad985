import { Database } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Tables and rows of the project’s databases. */
export function DatabaseView() {
  return (
    <EmptyState icon={Database} title="Database">
      Tables and rows of the project’s databases.
    </EmptyState>
  );
}
