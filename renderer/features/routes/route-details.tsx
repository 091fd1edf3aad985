import { Copy, Ellipsis, ExternalLink, FileCode2, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { attempt } from '../../stores/notices.ts';
import { converterHelp } from '../../stores/request-draft.ts';
import type { RevealTarget } from '../../stores/editor-store.ts';
import { useServer, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { pathInWorkspace } from '../../stores/workspace-store.ts';
import { Banner } from '../../ui/banner.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Pane } from '../../ui/pane.tsx';
import { MethodBadges } from './method-badges.tsx';
import { routeMenu } from './route-menu.ts';
import { viewOf } from './route-source.ts';
import { ViewSection } from './view-section.tsx';
import { reverseCode, type RouteRow } from './route-rows.ts';
import { Pattern } from './routes-list.tsx';

interface RouteDetailsProps {
  readonly row: RouteRow;
  readonly snapshot: ProjectSnapshot | null;
  readonly onSend: () => void;
}

/** All that is known of one route, and what can be done with it. */
export function RouteDetails({ row, snapshot, onSend }: RouteDetailsProps) {
  const studio = useStudio();
  const view = snapshot === null ? null : viewOf(snapshot, row);
  const reverse = reverseCode(row);
  return (
    <Pane
      label={`Route ${row.pattern}`}
      title="Route"
      actions={
        <>
          {row.origin === 'source' && <Badge tone="info">from the source</Badge>}
          {snapshot !== null && (
            <Menu
              align="end"
              entries={routeMenu(studio, snapshot, row)}
              trigger={<IconButton icon={Ellipsis} label="Change this route" />}
            />
          )}
        </>
      }
    >
      <div className="route-details">
        <p className="route-details-pattern">
          <Pattern pattern={row.pattern} />
        </p>
        <div className="route-details-actions">
          <Button small kind="primary" icon={Send} onClick={onSend}>
            Send a request
          </Button>
          <BrowseButton row={row} />
        </div>
        {row.note !== null && (
          <Banner inset tone={row.origin === 'source' ? 'warning' : 'info'}>
            {row.note}
          </Banner>
        )}
        <dl className="route-facts">
          <Fact label="Methods">
            <span className="route-methods">
              {row.origin === 'source' && row.methods === null ? (
                'not known before the project runs'
              ) : (
                <MethodBadges all methods={row.methods} />
              )}
            </span>
          </Fact>
          {row.name !== null && (
            <Fact label="Name">
              <code>{row.name}</code>
            </Fact>
          )}
          {reverse !== null && (
            <Fact label="In Python">
              <Copied text={reverse} />
            </Fact>
          )}
          <Fact label="View">
            <code>{row.view === '' ? 'not known' : row.view}</code>
            <PlaceButton place={row.viewPlace} />
          </Fact>
          {row.statement !== null && (
            <Fact label="URLconf">
              <PlaceButton place={row.statement} />
            </Fact>
          )}
          {row.app !== null && <Fact label="App">{row.app}</Fact>}
          {row.permissions.length > 0 && (
            <Fact label="Permissions">
              {row.permissions.map((permission) => (
                <code key={permission} className="route-permission">
                  {permission}
                </code>
              ))}
            </Fact>
          )}
        </dl>
        <Parameters row={row} />
      </div>
      {snapshot !== null && view !== null && (
        <div className="route-view-sections">
          <ViewSection key={view.name} snapshot={snapshot} view={view} />
        </div>
      )}
    </Pane>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Parameters({ row: { parameters } }: { readonly row: RouteRow }) {
  if (parameters.length === 0) return null;
  return (
    <table className="route-parameters">
      <caption>Parameters</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Converter</th>
          <th scope="col">Takes</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ name, converter }) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>{converter === null ? '–' : <code>{converter}</code>}</td>
            <td>
              {converterHelp(converter) ??
                (converter === null ? 'What its expression matches.' : 'What the project’s converter takes.')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** For routes that a browser can ask for as they stand. */
function BrowseButton({ row }: { readonly row: RouteRow }) {
  const address = useServer((state) => state.status.address);
  const asks = row.methods === null || row.methods.includes('GET');
  if (row.parameters.length > 0 || !asks || row.pattern.includes('<')) return null;
  return (
    <Button
      small
      icon={ExternalLink}
      disabled={address === null}
      title={address === null ? 'The server is not running.' : undefined}
      onClick={() => {
        if (address !== null) window.open(new URL(row.pattern, address), '_blank', 'noopener');
      }}
    >
      Open in browser
    </Button>
  );
}

function Copied({ text }: { readonly text: string }) {
  const { notify } = useStudio();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    notify({ kind: 'done', title: 'Copied' });
  };
  return (
    <span className="route-copied">
      <code>{text}</code>
      <IconButton
        icon={Copy}
        label={`Copy ${text}`}
        onClick={() => void attempt(notify, 'It was not copied', copy)}
      />
    </span>
  );
}

function PlaceButton({ place }: { readonly place: RevealTarget | null }) {
  const { editor, notify } = useStudio();
  const workspace = useWorkspace((state) => state.workspace);
  if (place === null || workspace === null) return null;
  const path = pathInWorkspace(workspace, place.file);
  const line = place.line ?? null;
  const words = `${path ?? place.file}${line === null ? '' : `:${line}`}`;
  if (path === null || path.includes('/site-packages/')) {
    return (
      <span className="route-outside" title={place.file}>
        {words.replace(/^.*\/site-packages\//, '')}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="route-place"
      onClick={() => void attempt(notify, 'The file could not be opened', () => editor.reveal(place))}
    >
      <FileCode2 size={13} aria-hidden />
      {words}
    </button>
  );
}
