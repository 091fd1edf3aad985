import type { ReactNode } from 'react';
import type { Settings } from '../../../shared/contract/app-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useSettings, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { Switch } from '../../ui/checkbox.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { NumberField } from '../../ui/text-field.tsx';
import { TrustedFolders } from './trusted-folders.tsx';
import './settings.css';

/** The studio's own settings; each takes effect at once. */
export function SettingsView() {
  const info = useWorkspace((state) => state.info);
  return (
    <div className="settings">
      <div className="settings-sheet">
        <h1>Settings</h1>
        <LookSettings />
        <EditingSettings />
        <ServerSettings />
        <TrustedFolders />
        {info !== null && (
          <p className="settings-about">
            Samois {info.version} · settings are kept on this machine, outside of your projects.
          </p>
        )}
      </div>
    </div>
  );
}

function useChange(): (change: Partial<Settings>) => void {
  const { settings, notify } = useStudio();
  return (change) => void attempt(notify, 'The setting was not kept', () => settings.change(change));
}

function LookSettings() {
  const theme = useSettings((state) => state.settings.theme);
  const size = useSettings((state) => state.settings.editorFontSize);
  const change = useChange();
  return (
    <Group title="Look">
      <Row title="Theme">
        <Segmented
          label="Theme"
          value={theme}
          onChange={(next) => {
            change({ theme: next });
          }}
          choices={[
            { value: 'system', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </Row>
      <Row title="Font size of the code" help="In pixels, from 8 to 32">
        <NumberField
          label="Font size of the code"
          min={8}
          max={32}
          value={size}
          onChange={(next) => {
            if (next !== null) change({ editorFontSize: next });
          }}
        />
      </Row>
    </Group>
  );
}

function EditingSettings() {
  const confirm = useSettings((state) => state.settings.confirmChanges);
  const autoSave = useSettings((state) => state.settings.autoSave);
  const change = useChange();
  return (
    <Group title="Editing">
      <Switch
        label="Show changes before they are written"
        help="A change made in a designer is shown as a diff first. Without it the change is written at once; undo takes it back either way."
        checked={confirm}
        onChange={(next) => {
          change({ confirmChanges: next });
        }}
      />
      <Switch
        label="Save by itself"
        help="Code is saved a second after you stop typing."
        checked={autoSave}
        onChange={(next) => {
          change({ autoSave: next });
        }}
      />
    </Group>
  );
}

function ServerSettings() {
  const port = useSettings((state) => state.settings.serverPort);
  const change = useChange();
  return (
    <Group title="Server">
      <Row
        title="Port"
        help="Where your site is served. When it is taken, the next free one is offered. 0 takes any free port."
      >
        <NumberField
          label="Port"
          min={0}
          max={65535}
          value={port}
          onChange={(next) => {
            if (next !== null) change({ serverPort: next });
          }}
        />
      </Row>
    </Group>
  );
}

/** A titled group of settings. */
function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="settings-group" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface RowProps {
  readonly title: string;
  readonly help?: string;
  readonly children: ReactNode;
}

function Row({ title, help, children }: RowProps) {
  return (
    <div className="settings-row">
      <div>
        <div>{title}</div>
        {help !== undefined && <div className="settings-row-help">{help}</div>}
      </div>
      {children}
    </div>
  );
}
