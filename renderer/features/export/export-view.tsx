import { PackageOpen } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';

/** A copy of the project that deploys. */
export function ExportView() {
  return (
    <EmptyState icon={PackageOpen} title="Export">
      A copy of the project that deploys.
    </EmptyState>
  );
}
