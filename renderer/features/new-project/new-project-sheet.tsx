import { useState } from 'react';
import type { NewProject } from '../../../shared/contract/workspace-calls.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FolderField } from '../../fields/folder-field.tsx';
import { InterpreterField } from './interpreter-field.tsx';
import {
  newProjectOf,
  otherProblems,
  problemOf,
  targetOf,
  type FormPartProps,
  type NewProjectForm,
} from './new-project-form.ts';
import { useChecked } from './use-checked.ts';

interface SheetProps {
  readonly form: NewProjectForm;
  /** Why the last try did not even begin. */
  readonly problem: string | null;
  readonly onChange: (change: Partial<NewProjectForm>) => void;
  readonly onCreate: (project: NewProject) => Promise<void>;
  readonly onClose: () => void;
}

const shownFields = [
  'name',
  'parent',
  'interpreter',
  'database',
  'database.url',
  'packages',
  'packages.folder',
  'superuser',
  'superuser.username',
  'superuser.email',
  'superuser.password',
];

/** Everything a new project needs to know, checked while it is typed. */
export function NewProjectSheet({ form, problem: failed, onChange, onCreate, onClose }: SheetProps) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState(false);
  const [starting, setStarting] = useState(false);
  const checked = useChecked(form, touched);
  const problem = (field: string): string | null =>
    asked || checked.touched.has(field.split('.')[0] ?? '') ? problemOf(checked.problems, field) : null;
  const change = (next: Partial<NewProjectForm>): void => {
    setTouched((before) => new Set([...before, ...Object.keys(next).map(groupOf)]));
    onChange(next);
  };
  const create = async (): Promise<void> => {
    setAsked(true);
    const project = newProjectOf(form);
    if (project === null || (await checked.check()).length > 0) return;
    setStarting(true);
    await onCreate(project);
    setStarting(false);
  };
  const others = asked ? otherProblems(checked.problems, shownFields) : [];
  const part: FormPartProps = { form, onChange: change, problem };
  const example = form.template === 'example';
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      width="medium"
      title={example ? 'Create the example project' : 'New project'}
      description={
        example
          ? 'A small bookshop with models in several apps, an admin and rows to browse. Yours to take apart.'
          : 'A Django project with a virtual environment of its own, ready to run.'
      }
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="new-project" busy={starting}>
            Create project
          </Button>
        </>
      }
    >
      <form
        id="new-project"
        className="new-project"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        {failed !== null && (
          <Banner tone="danger" inset>
            {failed}
          </Banner>
        )}
        <FormField
          label="Name"
          problem={problem('name')}
          help="Also the name of its Python package: lower case, digits, underscores."
        >
          {(control) => (
            <TextField
              {...control}
              autoFocus
              value={form.name}
              placeholder="library"
              onChange={(name) => {
                change({ name });
              }}
            />
          )}
        </FormField>
        <FolderField
          label="Folder"
          value={form.parent}
          problem={problem('parent')}
          help={
            form.name !== '' && (
              <>
                Makes <span className="new-project-target">{targetOf(form)}</span>
              </>
            )
          }
          onChange={(parent) => {
            change({ parent });
          }}
        />
        <InterpreterField {...part} />
        <DatabaseFields {...part} />
        <SuperuserFields {...part} />
        <PackageFields {...part} />
        {others.length > 0 && (
          <ul className="new-project-problems" role="alert">
            {others.map((other) => (
              <li key={other.field}>{other.message}</li>
            ))}
          </ul>
        )}
      </form>
    </Dialog>
  );
}

/** The field of the contract that a control of the form belongs to. */
function groupOf(control: string): string {
  if (control === 'databaseUrl') return 'database';
  if (control === 'wheels') return 'packages';
  return ['withSuperuser', 'username', 'email', 'password'].includes(control) ? 'superuser' : control;
}

function DatabaseFields({ form, onChange, problem }: FormPartProps) {
  return (
    <FormField
      label="Database"
      problem={problem('database') ?? problem('database.url')}
      help={
        form.database === 'sqlite'
          ? 'A file in the project. Nothing to install.'
          : 'Of a server that is running. The address is kept in the project’s .env file, not in its code.'
      }
    >
      {(control) => (
        <>
          <div>
            <Segmented
              label="Database"
              value={form.database}
              choices={[
                { value: 'sqlite', label: 'SQLite' },
                { value: 'postgresql', label: 'PostgreSQL' },
              ]}
              onChange={(database) => {
                onChange({ database });
              }}
            />
          </div>
          {form.database === 'postgresql' && (
            <TextField
              {...control}
              code
              aria-label="Address of the database"
              value={form.databaseUrl}
              placeholder="postgres://user:password@localhost:5432/library"
              onChange={(databaseUrl) => {
                onChange({ databaseUrl });
              }}
            />
          )}
        </>
      )}
    </FormField>
  );
}

function SuperuserFields({ form, onChange, problem }: FormPartProps) {
  return (
    <div className="new-project-group">
      <Switch
        label="Create a superuser"
        help={
          form.withSuperuser
            ? 'The account that may enter the admin.'
            : 'Later: “Send as” in Requests, or python manage.py createsuperuser.'
        }
        checked={form.withSuperuser}
        onChange={(withSuperuser) => {
          onChange({ withSuperuser });
        }}
      />
      {form.withSuperuser && (
        <>
          <div className="new-project-pair">
            <FormField label="User name" problem={problem('superuser.username') ?? problem('superuser')}>
              {(control) => (
                <TextField
                  {...control}
                  value={form.username}
                  onChange={(username) => {
                    onChange({ username });
                  }}
                />
              )}
            </FormField>
            <FormField label="Email" optional problem={problem('superuser.email')}>
              {(control) => (
                <TextField
                  {...control}
                  type="email"
                  value={form.email}
                  onChange={(email) => {
                    onChange({ email });
                  }}
                />
              )}
            </FormField>
          </div>
          <FormField label="Password" problem={problem('superuser.password')}>
            {(control) => (
              <TextField
                {...control}
                type="password"
                autoComplete="new-password"
                value={form.password}
                onChange={(password) => {
                  onChange({ password });
                }}
              />
            )}
          </FormField>
        </>
      )}
    </div>
  );
}

function PackageFields({ form, onChange, problem }: FormPartProps) {
  return (
    <details className="new-project-more" open={form.packages === 'wheels' || undefined}>
      <summary>Where packages come from</summary>
      <div className="new-project">
        <div>
          <Segmented
            label="Where packages come from"
            value={form.packages}
            choices={[
              { value: 'index', label: 'Package index' },
              { value: 'wheels', label: 'Folder of wheels' },
            ]}
            onChange={(packages) => {
              onChange({ packages });
            }}
          />
        </div>
        {form.packages === 'wheels' && (
          <FolderField
            label="Folder of wheels"
            value={form.wheels}
            problem={problem('packages.folder') ?? problem('packages')}
            help="Packages are installed from here; no network is used."
            onChange={(wheels) => {
              onChange({ wheels });
            }}
          />
        )}
      </div>
    </details>
  );
}
