import { useCallback, useEffect, useState } from 'react';
import { attempt } from '../../stores/notices.ts';
import { useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';

interface TrustedFolder {
  readonly path: string;
  readonly grantedAt: number;
}

/** The folders whose code may run, and a way to take that back. */
export function TrustedFolders() {
  const { api, notify } = useStudio();
  const trusted = useWorkspace((state) => state.workspace?.trusted);
  const [folders, setFolders] = useState<readonly TrustedFolder[]>([]);
  const load = useCallback(
    () =>
      attempt(notify, 'The trusted folders could not be read', async () => {
        setFolders(await api.call('trust.list', {}));
      }),
    [api, notify],
  );
  useEffect(() => {
    void load();
  }, [load, trusted]);
  const revoke = (path: string): Promise<void> =>
    attempt(notify, 'The trust was not taken back', async () => {
      await api.call('trust.revoke', { path });
      await load();
    });
  return (
    <section className="settings-group" aria-label="Trusted folders">
      <h2>Trusted folders</h2>
      {folders.length === 0 ? (
        <p className="settings-row-help">
          No folder is trusted. The studio asks when code of a project is to run.
        </p>
      ) : (
        <ul>
          {folders.map((folder) => (
            <li key={folder.path} className="trusted-folder">
              <span className="trusted-path" title={folder.path}>
                {folder.path}
              </span>
              <span className="trusted-since">
                <TimeAgo time={folder.grantedAt} />
              </span>
              <Button
                small
                aria-label={`Take back the trust in ${folder.path}`}
                onClick={() => void revoke(folder.path)}
              >
                Take back
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
