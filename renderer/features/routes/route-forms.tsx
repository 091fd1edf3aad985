import { useEffect, useState } from 'react';
import type { RouteReference } from '../../../shared/django/operations/parts.ts';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../fields/proposal-dialog.tsx';
import { failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ownPath, urlconfs } from './route-source.ts';

interface RouteFormProps {
  readonly route: RouteReference;
  readonly onClose: () => void;
}

/** Changes the path that stands in the statement itself, without what is included around it. */
export function RoutePathForm({ route, onClose }: RouteFormProps) {
  const { api } = useStudio();
  const [written, setWritten] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let over = false;
    api
      .call('source.read', { path: route.file })
      .then(({ text }) => {
        if (!over) setWritten(ownPath(text.slice(route.start)));
      })
      .catch((error: unknown) => {
        if (!over) setProblem(failureOf(error).message);
      });
    return () => {
      over = true;
    };
  }, [api, route]);
  const path = typed ?? written ?? '';
  const changed = typed !== null && typed !== written;
  return (
    <ProposalDialog
      title="Change the path"
      description={
        <>
          The whole address is now <code>{route.pattern}</code>.
        </>
      }
      operations={changed ? [{ kind: 'route.changePath', route, path }] : null}
      touched={changed}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="Path" problem={problem} help="As it stands in this URLconf: sold/ or <int:pk>/sold/">
        {(control) => <TextField {...control} code autoFocus value={path} onChange={setTyped} />}
      </FormField>
    </ProposalDialog>
  );
}

/** Changes the name of a route, with every place that surely means it. */
export function RouteNameForm({ route, name, onClose }: RouteFormProps & { readonly name: string | null }) {
  const own = name?.split(':').at(-1) ?? '';
  const [typed, setTyped] = useState(own);
  const next = typed.trim() === '' ? null : typed.trim();
  return (
    <ProposalDialog
      title={name === null ? 'Name the route' : `Rename ${name}`}
      description="reverse(), redirect() and {% url %} follow where they surely mean it; the others are shown."
      operations={typed === own ? null : [{ kind: 'route.rename', route, name: next }]}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="Name" help={own === '' ? undefined : 'Empty takes the name away.'}>
        {(control) => (
          <TextField {...control} code autoFocus placeholder="book-list" value={typed} onChange={setTyped} />
        )}
      </FormField>
    </ProposalDialog>
  );
}

/** Moves a route to the end of another URLconf. */
export function RouteMoveForm({
  snapshot,
  route,
  onClose,
}: RouteFormProps & { readonly snapshot: ProjectSnapshot }) {
  const others = urlconfs(snapshot).filter((file) => file !== route.file);
  const [file, setFile] = useState(others[0] ?? null);
  return (
    <ProposalDialog
      title="Move to another URLconf"
      description={
        <>
          <code>{route.pattern}</code> goes to the end of its patterns. Its address is another one where that
          URLconf is included below another prefix.
        </>
      }
      operations={file === null ? null : [{ kind: 'route.move', route, file }]}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="URLconf" problem={others.length === 0 ? 'There is no other URLconf.' : null}>
        {(control) => (
          <Select
            {...control}
            choices={others.map((value) => ({ value, label: value }))}
            value={file}
            onChange={setFile}
          />
        )}
      </FormField>
    </ProposalDialog>
  );
}

interface IncludeFormProps {
  readonly snapshot: ProjectSnapshot;
  readonly files: readonly string[];
  readonly onClose: () => void;
}

/** Includes another URLconf below a path. */
export function IncludeForm({ snapshot, files, onClose }: IncludeFormProps) {
  const known = urlconfs(snapshot);
  const [file, setFile] = useState(known[0] ?? null);
  const [module, setModule] = useState('');
  const [path, setPath] = useState('');
  const [namespace, setNamespace] = useState('');
  const modules = files
    .filter((each) => /(^|\/)urls(\/\w+)?\.py$|_urls\.py$/.test(each) && each !== file)
    .map((each) => moduleOf(each, snapshot));
  const complete = file !== null && /^[\w.]+$/.test(module);
  return (
    <ProposalDialog
      title="Include a URLconf"
      operations={
        complete
          ? [
              {
                kind: 'route.include',
                file,
                path,
                module,
                namespace: namespace.trim() === '' ? null : namespace.trim(),
              },
            ]
          : null
      }
      touched={module !== ''}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="Module" help="Of the routes that are included: catalog.urls">
        {(control) => (
          <SuggestField
            code
            label="Module"
            aria-describedby={control['aria-describedby']}
            placeholder="catalog.urls"
            suggestions={modules.map((value) => ({ value, label: value }))}
            value={module}
            onChange={setModule}
            onChoose={(value) => {
              setModule(value);
              if (path === '') setPath(`${value.split('.').at(-2) ?? ''}/`);
            }}
          />
        )}
      </FormField>
      <div className="proposal-pair">
        <FormField label="Below the path">
          {(control) => (
            <TextField {...control} code placeholder="catalog/" value={path} onChange={setPath} />
          )}
        </FormField>
        <FormField label="Namespace" optional>
          {(control) => <TextField {...control} code value={namespace} onChange={setNamespace} />}
        </FormField>
      </div>
      <FormField label="In">
        {(control) => (
          <Select
            {...control}
            choices={known.map((value) => ({ value, label: value }))}
            value={file}
            onChange={setFile}
          />
        )}
      </FormField>
    </ProposalDialog>
  );
}

/** `shop/catalog/urls.py` as Python names it from the folder of the project. */
function moduleOf(file: string, { project }: ProjectSnapshot): string {
  const inside = project === null || project === '' ? file : file.replace(`${project}/`, '');
  return inside.replace(/\.py$/, '').replaceAll('/', '.');
}
