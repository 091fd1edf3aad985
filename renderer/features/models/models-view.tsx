import { Boxes } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';

/** The models of all apps. */
export function ModelsView() {
  return (
    <EmptyState icon={Boxes} title="Models">
      The models of all apps.
    </EmptyState>
  );
}
