import { Play } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';

/** The project’s own server and its log. */
export function ServerView() {
  return (
    <EmptyState icon={Play} title="Server">
      The project’s own server and its log.
    </EmptyState>
  );
}
