import { Bookmark, History, Save, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SavedQuery } from '../../../shared/contract/database-transfer-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface SavedQueriesMenuProps {
  /** What would be kept. */
  readonly text: string;
  readonly recall: (sql: string) => void;
}

const SHOWN_HISTORY = 30;

/** Statements that were kept with the project, and those that were run in it before. */
export function SavedQueriesMenu({ text, recall }: SavedQueriesMenuProps) {
  const { api, notify, sql } = useStudio();
  const { history } = useStore(sql.state);
  const [queries, setQueries] = useState<readonly SavedQuery[]>([]);
  const [naming, setNaming] = useState<string | null>(null);
  const load = useCallback(() => {
    void attempt(notify, 'The kept queries can’t be read', async () => {
      setQueries(await api.call('database.savedQueries', {}));
    });
  }, [api, notify]);
  useEffect(load, [load]);
  useEffect(() => {
    void sql.loadHistory();
  }, [sql]);
  const change = (work: () => Promise<unknown>): void => {
    void attempt(notify, 'The query was not kept', async () => {
      await work();
      load();
    });
  };
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton icon={Bookmark} label="Kept queries" />}
        entries={[
          {
            ...{
              kind: 'item',
              id: 'keep',
              label: 'Keep this query…',
              icon: Save,
              disabled: text.trim() === '',
            },
            onChoose: () => {
              setNaming('');
            },
          },
          { kind: 'separator', id: 'kept' },
          ...queries.map((query) => ({
            ...{ kind: 'item' as const, id: query.name, label: query.name },
            detail: query.sql.replaceAll(/\s+/g, ' ').slice(0, 40),
            onChoose: () => {
              recall(query.sql);
            },
          })),
          ...(queries.length === 0 ? [] : [{ kind: 'separator' as const, id: 'remove' }]),
          ...queries.map(({ name }) => ({
            ...{
              kind: 'item' as const,
              id: `remove ${name}`,
              label: `Remove ${name}`,
              icon: Trash2,
              danger: true,
            },
            onChoose: () => {
              change(() => api.call('database.deleteQuery', { name }));
            },
          })),
        ]}
      />
      <Menu
        align="end"
        trigger={<IconButton icon={History} label="What was run" disabled={history.length === 0} />}
        entries={history.slice(0, SHOWN_HISTORY).map((entry) => ({
          kind: 'item',
          id: entry,
          label: entry.replaceAll(/\s+/g, ' ').slice(0, 80),
          onChoose: () => {
            recall(entry);
          },
        }))}
      />
      {naming !== null && (
        <Dialog
          open
          onClose={() => {
            setNaming(null);
          }}
          title="Keep this query"
          description="A file of .samois/queries, to be committed with the project."
          foot={
            <Button
              kind="primary"
              disabled={!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u.test(naming)}
              onClick={() => {
                setNaming(null);
                change(() => api.call('database.saveQuery', { name: naming, sql: text }));
              }}
            >
              Keep
            </Button>
          }
        >
          <TextField
            aria-label="Name"
            placeholder="Books without an author"
            value={naming}
            onChange={setNaming}
          />
        </Dialog>
      )}
    </>
  );
}
