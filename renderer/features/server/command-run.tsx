import { Play, Square } from 'lucide-react';
import { useState } from 'react';
import type { CommandArgument, CommandForm } from '../../../shared/contract/command-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useJobs, useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { LogView } from '../../ui/log-view.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import {
  commandLine,
  commandProblems,
  commandWords,
  inFormOrder,
  type CommandValues,
} from './command-words.ts';

/** The form of one command, the line that it amounts to, and what it prints. */
export function CommandRun({ form }: { readonly form: CommandForm }) {
  const { api, jobs, notify } = useStudio();
  const [values, setValues] = useState<CommandValues>({});
  const [tried, setTried] = useState(false);
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJobs((state) => state.jobs.find(({ id }) => id === jobId));
  const running = job?.state === 'running';
  const problems = commandProblems(form.arguments, values);
  const words = commandWords(form.arguments, values);
  const run = (): void => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    void attempt(notify, 'The command was not run', async () => {
      const started = await api.call('commands.run', { name: form.name, arguments: [...words] });
      setJobId(started.jobId);
    });
  };
  return (
    <div className="command-run">
      <form
        className="command-form"
        aria-label={form.name}
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        {form.help !== '' && <p className="command-help">{form.help}</p>}
        {inFormOrder(form.arguments).map((argument) => (
          <Argument
            key={argument.name}
            argument={argument}
            value={values[argument.name] ?? ''}
            problem={tried ? problems[argument.name] : undefined}
            onChange={(value) => {
              setValues((before) => ({ ...before, [argument.name]: value }));
            }}
          />
        ))}
        <div className="command-actions">
          <Button type="submit" kind="primary" icon={Play} busy={running}>
            Run
          </Button>
          {running && jobId !== null && (
            <Button
              icon={Square}
              onClick={() => void attempt(notify, 'The command was not stopped', () => jobs.cancel(jobId))}
            >
              Stop
            </Button>
          )}
          <code className="command-line">{commandLine(form.name, words)}</code>
        </div>
      </form>
      {jobId !== null && <Output jobId={jobId} />}
    </div>
  );
}

function Output({ jobId }: { readonly jobId: string }) {
  const lines = useJobs((state) => state.logs[jobId]);
  const job = useJobs((state) => state.jobs.find(({ id }) => id === jobId));
  const endings = { running: 'Running…', succeeded: 'Done.', failed: '', cancelled: 'Stopped.' } as const;
  const ending = job === undefined ? '' : (job.failure?.message ?? endings[job.state]);
  return (
    <div className="command-output">
      <LogView label="Output of the command" lines={lines ?? []} />
      <p role="status" className={job?.state === 'failed' ? 'command-failed' : undefined}>
        {ending}
      </p>
    </div>
  );
}

interface ArgumentProps {
  readonly argument: CommandArgument;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
}

function Argument({ argument, value, problem, onChange }: ArgumentProps) {
  const { name, flag, kind, many, required, choices, help } = argument;
  const label = flag ?? name;
  if (kind === 'switch') {
    return (
      <Checkbox
        label={label}
        help={help}
        checked={value === 'on'}
        onChange={(checked) => {
          onChange(checked ? 'on' : '');
        }}
      />
    );
  }
  const placeholder = argument.default ?? '';
  return (
    <FormField label={label} optional={!required} problem={problem} help={help === '' ? undefined : help}>
      {(control) => {
        if (kind === 'choice' && !many) {
          const none = { value: '', label: placeholder === '' ? 'Not given' : `${placeholder} (default)` };
          const offered = choices.map((choice) => ({ value: choice, label: choice }));
          return <Select {...control} choices={[none, ...offered]} value={value} onChange={onChange} />;
        }
        const shared = { ...control, value, onChange, placeholder, code: true };
        return many ? <TextArea {...shared} rows={2} placeholder="One a line" /> : <TextField {...shared} />;
      }}
    </FormField>
  );
}
