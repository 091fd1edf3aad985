import { Route } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Every URL pattern of the project. */
export function RoutesView() {
  return (
    <EmptyState icon={Route} title="Routes">
      Every URL pattern of the project.
    </EmptyState>
  );
}
