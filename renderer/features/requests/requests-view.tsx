import { Send } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Requests to the running project. */
export function RequestsView() {
  return (
    <EmptyState icon={Send} title="Requests">
      Requests to the running project.
    </EmptyState>
  );
}
