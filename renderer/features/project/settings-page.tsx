import { FileCode2, FileQuestionMark } from 'lucide-react';
import { useState } from 'react';
import {
  groupOf,
  knownSettings,
  settingGroups,
  type SettingGroup,
} from '../../../shared/django/catalogue/setting-options.ts';
import type { ProjectSnapshot, SettingFacts } from '../../../shared/django/project-model.ts';
import { OptionsEditor, type WrittenOption } from '../../fields/options-editor.tsx';
import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Toolbar, ToolbarSpace } from '../../ui/pane.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { EntryList } from './entry-list.tsx';

/** Settings that are lists to work on: they come first, with their entries. */
const LISTS = ['INSTALLED_APPS', 'MIDDLEWARE', 'ALLOWED_HOSTS'] as const;

/** Every setting that the source writes, by what it is about. */
export function SettingsPage({ snapshot }: { readonly snapshot: ProjectSnapshot }) {
  const { editor, notify } = useStudio();
  const [search, setSearch] = useState('');
  const { settings } = snapshot;
  if (settings === null) {
    return (
      <EmptyState icon={FileQuestionMark} title="No settings">
        The source does not tell which settings module this project starts with.
      </EmptyState>
    );
  }
  const words = search.trim().toLowerCase();
  const shown = settings.values.filter(({ name, code }) => `${name} ${code}`.toLowerCase().includes(words));
  const lists = LISTS.flatMap((name) => shown.find((value) => value.name === name) ?? []);
  const plain = shown.filter(({ name }) => !LISTS.some((list) => list === name));
  const open = (): Promise<void> => editor.reveal({ file: settings.file });
  return (
    <div className="project-page">
      <Toolbar label="Settings">
        <SearchField
          aria-label="Search settings"
          placeholder="Search settings"
          value={search}
          onChange={setSearch}
        />
        <ToolbarSpace />
        <Button
          small
          kind="quiet"
          icon={FileCode2}
          onClick={() => void attempt(notify, 'The file could not be opened', open)}
        >
          {settings.file}
        </Button>
      </Toolbar>
      <div className="project-scroll">
        {shown.length === 0 ? (
          <p className="project-none">No setting of the source has “{search.trim()}” in it.</p>
        ) : (
          <div className="project-sheet">
            {words === '' && <AnotherSetting settings={settings.values} />}
            {lists.length > 0 && (
              <div className="project-lists">
                {lists.map((setting) => (
                  <EntryList key={setting.name} snapshot={snapshot} setting={setting} />
                ))}
              </div>
            )}
            {(Object.keys(settingGroups) as SettingGroup[]).map((group) => (
              <SettingsGroup key={group} group={group} settings={plain} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** Sets what the source does not set yet: found by its name or by what it is for. */
function AnotherSetting({ settings }: { readonly settings: readonly SettingFacts[] }) {
  const set = new Set(settings.map(({ name }) => name));
  return (
    <div className="project-another">
      <OptionsEditor
        label="settings"
        addLabel="Set another setting"
        options={[]}
        known={knownSettings.filter(({ name }) => !set.has(name))}
        operation={(setting, code) => ({ kind: 'settings.set', setting, code })}
      />
    </div>
  );
}

interface SettingsGroupProps {
  readonly group: SettingGroup;
  readonly settings: readonly SettingFacts[];
}

function SettingsGroup({ group, settings }: SettingsGroupProps) {
  const { project } = useStudio();
  const own = settings.filter(({ name }) => groupOf(name) === group);
  if (own.length === 0) return null;
  const isRead = (code: string): boolean => /environ|getenv|\benv[.(]|config\(/.test(code);
  const more = ({ name, code }: WrittenOption) =>
    isRead(code) ? null : (
      <Button
        small
        kind="quiet"
        onClick={() => {
          project.open({ kind: 'from-environment', setting: name, code });
        }}
      >
        From the environment…
      </Button>
    );
  return (
    <section className="project-group" aria-label={settingGroups[group]}>
      <h2>{settingGroups[group]}</h2>
      <OptionsEditor
        label={settingGroups[group]}
        closed
        options={own}
        known={knownSettings.filter((setting) => setting.group === group)}
        more={more}
        operation={(setting, code) => ({ kind: 'settings.set', setting, code })}
      />
    </section>
  );
}
