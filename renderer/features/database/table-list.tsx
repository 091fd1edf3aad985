import { Eye, Table2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import { SearchField } from '../../ui/text-field.tsx';
import { Tree } from '../../ui/tree.tsx';
import type { TreeNode } from '../../ui/tree-rows.ts';

interface TableListProps {
  readonly tables: readonly DatabaseTable[];
  readonly chosen: string | null;
  readonly onChoose: (name: string) => void;
}

const GROUPS = ['Models of this project', 'Other tables', 'Views'] as const;
const PREFIX = 'group:';

/** Tables of the project's models first, then Django's and others', then views. */
export function TableList({ tables, chosen, onChoose }: TableListProps) {
  const [search, setSearch] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const roots = useMemo(() => groupTables(tables, search.trim().toLowerCase()), [tables, search]);
  const open = new Set(roots.map(({ id }) => id).filter((id) => !closed.has(id)));
  return (
    <div className="table-list">
      <SearchField
        aria-label="Search tables"
        placeholder="Search tables"
        value={search}
        onChange={setSearch}
      />
      <Tree
        label="Tables"
        roots={roots}
        open={open}
        onToggle={(id) => {
          setClosed(
            (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
          );
        }}
        selected={chosen}
        onActivate={(id) => {
          if (!id.startsWith(PREFIX)) onChoose(id);
        }}
      />
    </div>
  );
}

function groupTables(tables: readonly DatabaseTable[], search: string): readonly TreeNode[] {
  const found = tables.filter(({ name, model }) => `${name} ${model ?? ''}`.toLowerCase().includes(search));
  const groupOf = ({ kind, model }: DatabaseTable): (typeof GROUPS)[number] =>
    kind === 'view' ? 'Views' : model === null ? 'Other tables' : 'Models of this project';
  return GROUPS.map((group) => ({
    id: `${PREFIX}${group}`,
    label: group,
    children: found.filter((table) => groupOf(table) === group).map(tableNode),
  })).filter(({ children }) => children.length > 0);
}

function tableNode({ name, kind, model }: DatabaseTable): TreeNode {
  const Icon = kind === 'view' ? Eye : Table2;
  return {
    id: name,
    label: model === null ? name : (model.split('.')[1] ?? name),
    icon: <Icon size={14} aria-hidden />,
    detail: model === null ? undefined : <span className="table-list-name">{name}</span>,
    muted: model === null,
  };
}
