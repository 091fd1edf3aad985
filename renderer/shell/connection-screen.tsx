import { Unplug } from 'lucide-react';
import { useState } from 'react';
import { isDirty } from '../stores/open-files.ts';
import { useConnection, useEditor, useWorkspace } from '../stores/studio-context.tsx';
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
  return <Ended message={connection.message} />;
}

/** The way out; text that was not saved can be looked at and copied first. */
function Ended({ message }: { readonly message: string }) {
  const [aside, setAside] = useState(false);
  const unsaved = useEditor((state) => state.files.filter(isDirty).length);
  if (aside) return <Banner tone="danger">{message}</Banner>;
  return (
    <div className="connection-screen" role="alertdialog" aria-label="The studio has ended">
      <EmptyState
        icon={Unplug}
        title="The studio has ended"
        actions={
          <>
            {unsaved > 0 && (
              <Button
                onClick={() => {
                  setAside(true);
                }}
              >
                Look at the unsaved text
              </Button>
            )}
            <Button
              autoFocus
              onClick={() => {
                location.reload();
              }}
            >
              Try again
            </Button>
          </>
        }
      >
        <p>{message}</p>
        {unsaved > 0 && (
          <p>
            {unsaved === 1 ? 'One file holds' : `${unsaved} files hold`} text that is not saved. Copy it
            before you leave this page.
          </p>
        )}
      </EmptyState>
    </div>
  );
}
