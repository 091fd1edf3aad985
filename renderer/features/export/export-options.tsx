import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ComponentProps } from 'react';
import { FolderField } from '../../fields/folder-field.tsx';
import { useJobs, useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Pane } from '../../ui/pane.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { NumberField, TextField } from '../../ui/text-field.tsx';
import { targetOf, type ExportForm, type ExportOutcome } from './export-form.ts';

interface ExportOptionsPaneProps {
  readonly form: ExportForm;
  readonly problems: Partial<Record<keyof ExportForm, string>>;
  readonly outcome: ExportOutcome | null;
  /** The job of the export under way; '' before it has a name. */
  readonly running: string | null;
  readonly onChange: (change: Partial<ExportForm>) => void;
  readonly onExport: () => void;
}

/** What the export is made for, where it goes, and how the last one ended. */
export function ExportOptionsPane(props: ExportOptionsPaneProps) {
  const { problems, outcome, running, onExport } = props;
  const blocked = Object.keys(problems).length > 0;
  return (
    <Pane side title="Export">
      <form
        className="export-options"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onExport();
        }}
      >
        <DeploymentFields {...props} />
        <TargetFields {...props} />
        <Button kind="primary" type="submit" disabled={blocked} busy={running !== null}>
          Export
        </Button>
      </form>
      <div className="export-outcome" aria-live="polite">
        {running !== null && <ExportProgress jobId={running} />}
        {outcome !== null && <Outcome outcome={outcome} />}
      </div>
    </Pane>
  );
}

type FieldsProps = Pick<ExportOptionsPaneProps, 'form' | 'problems' | 'onChange'>;

function DeploymentFields({ form, problems, onChange }: FieldsProps) {
  return (
    <>
      <FormField
        label="Host names"
        optional
        problem={problems.hosts}
        help="What the site answers to: example.org, www.example.org. Written into .env.example."
      >
        {(control) => (
          <TextField
            {...control}
            code
            placeholder="example.org"
            value={form.hosts}
            onChange={(hosts) => {
              onChange({ hosts });
            }}
          />
        )}
      </FormField>
      <FormField label="Web containers" help="How many stand behind the load balancer.">
        {(control) => (
          <NumberField
            id={control.id}
            min={1}
            max={32}
            value={form.webReplicas}
            onChange={(webReplicas) => {
              if (webReplicas !== null) onChange({ webReplicas });
            }}
          />
        )}
      </FormField>
      <Choice
        label="Continuous integration"
        value={form.continuousIntegration}
        choices={[
          { value: 'github', label: 'GitHub' },
          { value: 'gitlab', label: 'GitLab' },
          { value: 'none', label: 'None' },
        ]}
        onChange={(continuousIntegration) => {
          onChange({ continuousIntegration });
        }}
      />
    </>
  );
}

function TargetFields({ form, problems, onChange }: FieldsProps) {
  return (
    <>
      <Choice
        label="Write"
        value={form.kind}
        choices={[
          { value: 'folder', label: 'A folder' },
          { value: 'zip', label: 'A zip file' },
        ]}
        onChange={(kind) => {
          onChange({ kind });
        }}
      />
      <FolderField
        label="Into"
        value={form.parent}
        problem={problems.parent ?? null}
        onChange={(parent) => {
          onChange({ parent });
        }}
      />
      <FormField
        label="Name"
        problem={problems.name}
        help={<span className="export-target">{targetOf(form).path}</span>}
      >
        {(control) => (
          <TextField
            {...control}
            code
            value={form.name}
            onChange={(name) => {
              onChange({ name });
            }}
          />
        )}
      </FormField>
    </>
  );
}

/** A few words of which one is chosen, under their label. */
function Choice<Value extends string>(props: ComponentProps<typeof Segmented<Value>>) {
  return <FormField label={props.label}>{() => <Segmented {...props} />}</FormField>;
}

function ExportProgress({ jobId }: { readonly jobId: string }) {
  const { jobs } = useStudio();
  const job = useJobs((state) => state.jobs.find(({ id }) => id === jobId));
  return (
    <div className="export-progress">
      <ProgressBar label={job?.step ?? 'Starting'} value={job?.progress ?? null} />
      <Button small kind="quiet" onClick={() => void jobs.cancel(jobId).catch(reportError)}>
        Cancel
      </Button>
    </div>
  );
}

function Outcome({ outcome }: { readonly outcome: ExportOutcome }) {
  if (outcome.kind === 'failed') {
    return (
      <Banner tone="danger" inset>
        {outcome.message}
      </Banner>
    );
  }
  const { path, files, issues } = outcome.result;
  return (
    <section className="export-result" aria-label="Result of the export">
      <p className="export-done">
        <CircleCheck size={15} aria-hidden /> Wrote {files} files to <code>{path}</code>
      </p>
      {issues.length === 0 ? (
        <p>
          <code>check --deploy</code> has nothing to say. DEPLOY.md in the export tells the next steps.
        </p>
      ) : (
        <ul className="export-issues">
          {issues.map((issue) => (
            <li key={issue}>
              <TriangleAlert size={14} aria-hidden /> {issue}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
