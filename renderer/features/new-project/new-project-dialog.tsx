import { useState } from 'react';
import type { Job } from '../../../shared/contract/app-calls.ts';
import type { NewProject } from '../../../shared/contract/workspace-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import { useShell, useStudio } from '../../stores/studio-context.tsx';
import { CreationProgress } from './creation-progress.tsx';
import { emptyForm, type NewProjectForm } from './new-project-form.ts';
import { NewProjectSheet } from './new-project-sheet.tsx';
import './new-project.css';

/** Makes a new project: first the questions, then the work. */
export function NewProjectDialog() {
  const template = useShell(({ dialog }) => (dialog?.kind === 'new-project' ? dialog.template : null));
  return template === null ? null : <NewProjectSteps key={template} template={template} />;
}

/** A project that is being made. */
interface Creation {
  readonly project: NewProject;
  readonly jobId: string;
}

function NewProjectSteps({ template }: { readonly template: 'blank' | 'example' }) {
  const { api, jobs, shell, workspace, notify } = useStudio();
  const home = workspace.state.getState().info?.home ?? '';
  const [form, setForm] = useState<NewProjectForm>(() => emptyForm(template, home));
  const [creation, setCreation] = useState<Creation | null>(null);
  const [ended, setEnded] = useState<Job | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const create = async (project: NewProject): Promise<void> => {
    setProblem(null);
    setEnded(null);
    try {
      const { jobId } = await api.call('workspace.create', project);
      setCreation({ project, jobId });
      const job = await jobs.ended(jobId);
      if (job.state !== 'succeeded') {
        setEnded(job);
        return;
      }
      const { path } = job.value as { readonly path: string };
      await workspace.open(path);
      shell.closeDialog();
      shell.show('models');
      notify({ kind: 'done', title: `${project.name} is ready`, description: path });
    } catch (error) {
      setProblem(failureOf(error).message);
      setCreation(null);
    }
  };

  if (creation === null) {
    return (
      <NewProjectSheet
        form={form}
        problem={problem}
        onChange={(change) => {
          setForm((before) => ({ ...before, ...change }));
        }}
        onCreate={create}
        onClose={shell.closeDialog}
      />
    );
  }
  return (
    <CreationProgress
      project={creation.project}
      jobId={creation.jobId}
      ended={ended}
      onRetry={() => create(creation.project)}
      onBack={() => {
        setCreation(null);
        setEnded(null);
      }}
      onClose={shell.closeDialog}
    />
  );
}
