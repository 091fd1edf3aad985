import { Unplug } from 'lucide-react';
import { useConnection, useWorkspace } from '../stores/studio-context.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import './connection-screen.css';

/** Tells when the window can't reach the studio: a line while it comes back, the whole window once it can't. */
export function ConnectionState() {
  const connection = useConnection();
  const loaded = useWorkspace((state) => state.loaded);
  if (connection.kind === 'connecting' && loaded) {
    return <Banner tone="warning">The connection to the studio is lost. Trying to reach it again…</Banner>;
  }
  if (connection.kind !== 'ended') return null;
  return (
    <div className="connection-screen" role="alertdialog" aria-label="The studio has ended">
      <EmptyState
        icon={Unplug}
        title="The studio has ended"
        actions={
          <Button
            onClick={() => {
              location.reload();
            }}
          >
            Try again
          </Button>
        }
      >
        {connection.message}
      </EmptyState>
    </div>
  );
}
