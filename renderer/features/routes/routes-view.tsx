import { Ellipsis, Plus, Route, SearchX } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { CommandButton } from '../../commands/command-button.tsx';
import { useCommand } from '../../commands/use-command.ts';
import { sampleBody } from '../../stores/sample-body.ts';
import {
  useRememberedPanes,
  useRoutes,
  useRuntime,
  useSource,
  useStudio,
  useWorkspace,
} from '../../stores/studio-context.tsx';
import { pathInWorkspace } from '../../stores/workspace-store.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { Toolbar, ToolbarSpace } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { RouteDetails } from './route-details.tsx';
import { RouteDialogs } from './route-dialogs.tsx';
import { moveRoute, removeRoute, routeMenu } from './route-menu.ts';
import {
  groupRows,
  listLines,
  routeRows,
  searchRows,
  type Grouping,
  type RouteGroup,
  type RouteRow,
} from './route-rows.ts';
import { RoutesList } from './routes-list.tsx';
import './routes.css';

/** Every URL pattern of the project: as Django resolves it, or as the source tells while Django can't be asked. */
export function RoutesView() {
  const studio = useStudio();
  const { runtime } = studio;
  const snapshot = useSource((state) => state.snapshot);
  const trusted = useWorkspace((state) => state.workspace?.trusted === true);
  const chosen = useRoutes((state) => state.chosen);
  const { rows, waiting } = useRouteRows();
  const panes = useRememberedPanes('routes');
  const send = useSend();
  useEffect(() => {
    runtime.need();
  }, [runtime, trusted]);
  const shown = chosen ?? rows[0]?.id ?? null;
  const row = rows.find(({ id }) => id === shown) ?? null;
  return (
    <>
      <SplitPanes
        {...panes}
        panes={[
          {
            id: 'list',
            min: 320,
            content: (
              <RoutesPane
                rows={rows}
                waiting={waiting}
                chosen={shown}
                onOpen={send}
                onMove={(moved, step) => {
                  if (snapshot !== null) moveRoute(studio, snapshot, moved, step);
                }}
                onRemove={(removed) => {
                  if (snapshot !== null) removeRoute(studio, snapshot, removed);
                }}
                menuOf={(each) => (snapshot === null ? [] : routeMenu(studio, snapshot, each))}
              />
            ),
          },
          {
            id: 'details',
            size: 340,
            min: 240,
            max: '60%',
            fixed: true,
            content:
              row === null ? (
                <EmptyState icon={Route} title="No route is chosen">
                  Choose one to see its view, its parameters and what it asks for.
                </EmptyState>
              ) : (
                <RouteDetails
                  row={row}
                  snapshot={snapshot}
                  onSend={() => {
                    send(row);
                  }}
                />
              ),
          },
        ]}
      />
      {snapshot !== null && <RouteDialogs snapshot={snapshot} app={row?.app ?? null} />}
    </>
  );
}

/** The routes of both lenses; `waiting` until Django was asked the first time. */
function useRouteRows(): { readonly rows: readonly RouteRow[]; readonly waiting: boolean } {
  const snapshot = useSource((state) => state.snapshot);
  const lens = useRuntime((state) => state.lens);
  const reading = useRuntime((state) => state.reading);
  const workspace = useWorkspace((state) => state.workspace);
  const rows = useMemo(() => {
    const isOwn = (file: string): boolean => {
      const path = workspace === null ? null : pathInWorkspace(workspace, file);
      return path !== null && !path.includes('/site-packages/');
    };
    return routeRows(snapshot, lens, isOwn);
  }, [snapshot, lens, workspace]);
  return { rows, waiting: lens === null && reading };
}

/** Begins a request to a route, and goes there. */
function useSend(): (row: RouteRow) => void {
  const { requests, runtime, shell } = useStudio();
  return (row) => {
    const { lens } = runtime.state.getState();
    const today = new Date().toISOString().slice(0, 10);
    const body = row.runtime === null || lens === null ? null : sampleBody(row.runtime, lens, today);
    requests.compose(row, body);
    shell.show('requests');
  };
}

interface RoutesPaneProps {
  readonly rows: readonly RouteRow[];
  readonly waiting: boolean;
  readonly chosen: string | null;
  readonly onOpen: (row: RouteRow) => void;
  readonly onMove: (row: RouteRow, step: -1 | 1) => void;
  readonly onRemove: (row: RouteRow) => void;
  readonly menuOf: (row: RouteRow) => readonly MenuEntry[];
}

function RoutesPane({ rows, waiting, chosen, onOpen, onMove, onRemove, menuOf }: RoutesPaneProps) {
  const { routes } = useStudio();
  const [search, setSearch] = useState('');
  const [by, setBy] = useState<Grouping>('app');
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => {
    const groups = groupRows(searchRows(rows, search), by);
    // The project's own stand open, others' closed; what the user toggled is the other way round.
    return listLines(groups, (group) => search.trim() !== '' || group.own !== toggled.has(group.id));
  }, [rows, search, by, toggled]);
  const toggle = ({ id }: RouteGroup): void => {
    setToggled(
      (before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]),
    );
  };
  return (
    <div className="routes-pane">
      <Toolbar label="Routes">
        <SearchField
          aria-label="Search routes"
          placeholder="Search routes"
          value={search}
          onChange={setSearch}
        />
        <Segmented
          label="Group by"
          value={by}
          onChange={setBy}
          choices={[
            { value: 'app', label: 'App' },
            { value: 'namespace', label: 'Namespace' },
            { value: 'none', label: 'Flat' },
          ]}
        />
        <Origin waiting={waiting} />
        <ToolbarSpace />
        <CommandButton command="routes.addApi" small kind="quiet">
          Add an API…
        </CommandButton>
        <CommandButton command="routes.add" icon={Plus} small>
          Add route…
        </CommandButton>
        <MoreRoutes />
      </Toolbar>
      <LensFailure />
      {lines.length > 0 ? (
        <RoutesList
          lines={lines}
          chosen={chosen}
          onChoose={routes.choose}
          onToggle={toggle}
          onOpen={onOpen}
          onMove={onMove}
          onRemove={onRemove}
          menuOf={menuOf}
        />
      ) : (
        <NoRoutes
          searched={rows.length > 0}
          waiting={waiting}
          onAll={() => {
            setSearch('');
          }}
        />
      )}
    </div>
  );
}

/** What is added less often. */
function MoreRoutes() {
  const view = useCommand('routes.addView');
  const include = useCommand('routes.include');
  const entries = [view, include].map(({ label, enabled, run }): MenuEntry => ({
    kind: 'item',
    id: label,
    label,
    disabled: !enabled,
    onChoose: run,
  }));
  return <Menu align="end" entries={entries} trigger={<IconButton icon={Ellipsis} label="More to add" />} />;
}

/** Says when the routes are not Django's own word. */
function Origin({ waiting }: { readonly waiting: boolean }) {
  const lens = useRuntime((state) => state.lens);
  const failure = useRuntime((state) => state.failure);
  if (waiting) {
    return (
      <span className="routes-origin" role="status">
        <Spinner /> Asking Django
      </span>
    );
  }
  if (lens === null) return <Badge tone="info">from the source</Badge>;
  return failure === null ? null : <Badge tone="warning">as of the last good code</Badge>;
}

function LensFailure() {
  const failure = useRuntime((state) => state.failure);
  const lens = useRuntime((state) => state.lens);
  if (failure === null) return null;
  return (
    <Banner tone="warning">
      Django can’t be asked for its routes: {failure.message}{' '}
      {lens === null ? 'These are read from the source.' : 'These are from the last time it could.'}
    </Banner>
  );
}

interface NoRoutesProps {
  readonly searched: boolean;
  readonly waiting: boolean;
  readonly onAll: () => void;
}

function NoRoutes({ searched, waiting, onAll }: NoRoutesProps) {
  if (searched) {
    return (
      <EmptyState
        icon={SearchX}
        title="No route matches"
        actions={<Button onClick={onAll}>Show all routes</Button>}
      >
        No path, name, view or app has this text.
      </EmptyState>
    );
  }
  if (waiting) {
    return (
      <EmptyState icon={Route} title="Routes">
        <Spinner />
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Route}
      title="No routes yet"
      actions={
        <>
          <CommandButton command="routes.addApi" />
          <CommandButton command="routes.add" icon={Plus} kind="primary" />
        </>
      }
    >
      A route leads an address of your site to the view that answers it.
    </EmptyState>
  );
}
