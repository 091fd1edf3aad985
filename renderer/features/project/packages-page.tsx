import { FileCode2, PackageOpen, Pin, Plus, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { attempt, failureOf } from '../../stores/notices.ts';
import { useSource, useStudio } from '../../stores/studio-context.tsx';
import { ProposalProblem } from '../../fields/proposal-problem.tsx';
import { useProposal } from '../../stores/use-proposal.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Toolbar, ToolbarSpace } from '../../ui/pane.tsx';
import { readPackages, requirementFiles, type PackageRow } from './package-rows.ts';

/** The packages that the project asks for, where it lists them. */
export function PackagesPage({ snapshot }: { readonly snapshot: ProjectSnapshot }) {
  const { editor, notify } = useStudio();
  const files = useSource((state) => state.files);
  const [path] = requirementFiles(
    files.map((file) => file.path),
    snapshot.project,
  );
  const { rows, problem } = usePackages(path ?? null);
  if (path === undefined) {
    return (
      <EmptyState
        icon={PackageOpen}
        title="No list of packages"
        actions={<CommandButton command="project.addPackage" kind="primary" icon={Plus} />}
      >
        The project has neither a requirements.txt nor dependencies in a pyproject.toml.
      </EmptyState>
    );
  }
  return (
    <div className="project-page">
      <Toolbar label="Packages">
        <CommandButton command="project.addPackage" small icon={Plus} />
        <CommandButton command="project.installRequirements" small kind="quiet" />
        <ToolbarSpace />
        <Button
          small
          kind="quiet"
          icon={FileCode2}
          onClick={() =>
            void attempt(notify, 'The file could not be opened', () => editor.reveal({ file: path }))
          }
        >
          {path}
        </Button>
      </Toolbar>
      <div className="project-scroll">
        {problem !== null && <Banner tone="danger">{problem}</Banner>}
        {rows.length === 0 && problem === null ? (
          <p className="project-none">{path} names no packages yet.</p>
        ) : (
          <PackageTable path={path} rows={rows} />
        )}
      </div>
    </div>
  );
}

interface ReadList {
  readonly path: string | null;
  readonly rows: readonly PackageRow[];
  readonly problem: string | null;
}

/** The packages of a file, read again whenever it changes. */
function usePackages(path: string | null): ReadList {
  const { api } = useStudio();
  const [list, setList] = useState<ReadList>({ path: null, rows: [], problem: null });
  useEffect(() => {
    if (path === null) return undefined;
    let over = false;
    const read = (): void => {
      api
        .call('source.read', { path })
        .then(({ text }) => {
          if (!over) setList({ path, rows: readPackages(path, text), problem: null });
        })
        .catch((error: unknown) => {
          if (!over) setList({ path, rows: [], problem: failureOf(error).message });
        });
    };
    read();
    const stop = api.subscribe('source.filesChanged', ({ paths }) => {
      if (paths.includes(path)) read();
    });
    return () => {
      over = true;
      stop();
    };
  }, [api, path]);
  return list.path === path ? list : { path, rows: [], problem: null };
}

function PackageTable({ path, rows }: { readonly path: string; readonly rows: readonly PackageRow[] }) {
  const { editor, project, notify } = useStudio();
  const proposal = useProposal();
  const { propose } = proposal;
  return (
    <>
      <ProposalProblem of={proposal} wide />
      <table className="packages">
        <thead>
          <tr>
            <th scope="col">Package</th>
            <th scope="col">Version</th>
            <th scope="col">Only when</th>
            <th scope="col">Comment</th>
            <th scope="col">
              <span className="visually-hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.name}:${String(row.line)}`}>
              <th scope="row">
                <button
                  type="button"
                  className="packages-name"
                  title={`${path}:${String(row.line)}`}
                  onClick={() =>
                    void attempt(notify, 'The file could not be opened', () =>
                      editor.reveal({ file: path, line: row.line }),
                    )
                  }
                >
                  {row.name}
                </button>
                {row.extras !== '' && <span className="packages-extras">{row.extras}</span>}
              </th>
              <td>
                {row.specifier === '' ? (
                  <span className="packages-any">any</span>
                ) : (
                  <code>{row.specifier}</code>
                )}
              </td>
              <td>{row.condition !== '' && <code>{row.condition}</code>}</td>
              <td className="packages-comment">{row.comment}</td>
              <td className="packages-actions">
                <IconButton
                  icon={Pin}
                  label={`Pin ${row.name}`}
                  onClick={() => {
                    project.open({ kind: 'pin-package', name: row.name, specifier: row.specifier });
                  }}
                />
                <IconButton
                  icon={Trash2}
                  label={`Remove ${row.name}`}
                  onClick={() => void propose([{ kind: 'requirement.remove', package: row.name }])}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
