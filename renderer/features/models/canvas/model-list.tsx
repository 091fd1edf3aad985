import { Box, BoxSelect, Layers } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { AppFacts, ModelFacts } from '../../../../shared/django/project-model.ts';
import { SearchField } from '../../../ui/text-field.tsx';
import type { MenuEntry } from '../../../ui/menu.tsx';
import { Tree } from '../../../ui/tree.tsx';
import type { TreeNode } from '../../../ui/tree-rows.ts';

interface ModelListProps {
  readonly apps: readonly AppFacts[];
  readonly models: readonly ModelFacts[];
  readonly matching: ReadonlySet<string> | null;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly selected: string | null;
  readonly onSelect: (model: string) => void;
  readonly menuOf: (row: ListedRow) => readonly MenuEntry[];
}

/** What a line of the list stands for. */
export type ListedRow = { readonly kind: 'app' | 'model'; readonly id: string };

/** The models as a list by app: the same as the canvas, for the keyboard and for screen readers. */
export function ModelList(props: ModelListProps) {
  const { apps, models, matching, filter, onFilter, selected, onSelect, menuOf } = props;
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const roots = useMemo(() => listTree(apps, models, matching), [apps, models, matching]);
  const open = useMemo(
    // A filter that hides what it found in a closed app would look like one that finds nothing.
    () => new Set(roots.map((root) => root.id).filter((id) => matching !== null || !closed.has(id))),
    [roots, closed, matching],
  );
  return (
    <div className="models-list">
      <SearchField
        className="models-list-filter"
        placeholder="Filter models and fields"
        aria-label="Filter models"
        value={filter}
        onChange={onFilter}
      />
      {roots.length === 0 ? (
        <p className="models-list-empty">{matching === null ? 'No apps yet.' : 'No model matches.'}</p>
      ) : (
        <Tree
          label="Models"
          roots={roots}
          open={open}
          onToggle={(id) => {
            setClosed((before) => toggled(before, id));
          }}
          selected={selected}
          onActivate={onSelect}
          menuOf={(id) =>
            menuOf(id.startsWith('app:') ? { kind: 'app', id: id.slice(4) } : { kind: 'model', id })
          }
        />
      )}
    </div>
  );
}

/** Apps of the workspace with their models, sorted by name; with a filter only what it leaves. */
export function listTree(
  apps: readonly AppFacts[],
  models: readonly ModelFacts[],
  matching: ReadonlySet<string> | null,
): readonly TreeNode[] {
  const byApp = Map.groupBy(
    models.filter((model) => matching === null || matching.has(model.id)),
    (model) => model.app,
  );
  const labels = new Set([
    ...apps.filter((app) => app.folder !== null).map((app) => app.label),
    ...byApp.keys(),
  ]);
  return [...labels]
    .sort((a, b) => a.localeCompare(b))
    .map((label) => {
      const own = byApp.get(label) ?? [];
      const installed = apps.find((app) => app.label === label)?.installed ?? true;
      return {
        id: `app:${label}`,
        label,
        detail: installed ? String(own.length) : 'not in INSTALLED_APPS',
        children: [...own].sort((a, b) => a.name.localeCompare(b.name)).map(modelLeaf),
      };
    })
    .filter((root) => matching === null || root.children.length > 0);
}

function modelLeaf(model: ModelFacts): TreeNode {
  const Icon = model.abstract ? BoxSelect : model.proxy ? Layers : Box;
  const kind = model.abstract ? 'abstract' : model.proxy ? 'proxy' : '';
  return {
    id: model.id,
    label: model.name,
    icon: <Icon size={13} aria-hidden />,
    ...(model.stale ? { detail: 'broken' } : kind === '' ? {} : { detail: kind }),
  };
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
