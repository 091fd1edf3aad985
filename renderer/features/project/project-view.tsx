import { useProject, useSource, useStudio } from '../../stores/studio-context.tsx';
import type { ProjectPage } from '../../stores/project-store.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { PackagesPage } from './packages-page.tsx';
import { ProjectDialogs } from './project-dialogs.tsx';
import { SettingsPage } from './settings-page.tsx';
import './project.css';

/** What holds for the whole project: the settings as its source writes them, and the packages it asks for. */
export function ProjectView() {
  const { project } = useStudio();
  const snapshot = useSource((state) => state.snapshot);
  const page = useProject((state) => state.page);
  if (snapshot === null) return <div className="project" aria-busy="true" />;
  return (
    <div className="project">
      <Tabs
        label="Project"
        value={page}
        onChange={(next) => {
          project.show(next as ProjectPage);
        }}
        items={[
          { id: 'settings', label: 'Settings', content: <SettingsPage snapshot={snapshot} /> },
          { id: 'packages', label: 'Packages', content: <PackagesPage snapshot={snapshot} /> },
        ]}
      />
      <ProjectDialogs />
    </div>
  );
}
