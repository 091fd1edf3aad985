import type { IndexAdvice, PlanStep, QueryPlan } from '../../../shared/contract/query-calls.ts';
import type { ModelFacts } from '../../../shared/django/project-model.ts';
import { attempt } from '../../stores/notices.ts';
import { useSource, useStudio } from '../../stores/studio-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Tree } from '../../ui/tree.tsx';
import type { TreeNode } from '../../ui/tree-rows.ts';

/** The steps of a plan as a tree, its full scans named, and the indexes that would spare them. */
export function QueryPlanView({ plan }: { readonly plan: QueryPlan }) {
  const roots = childrenOf(plan.steps, 0);
  return (
    <div className="query-plan">
      {plan.advice.map((advice) => (
        <Advice key={advice.sql} advice={advice} />
      ))}
      <Tree
        label="Steps of the plan"
        roots={roots}
        open={new Set(plan.steps.map(({ id }) => String(id)))}
        onToggle={() => undefined}
        selected={null}
        onActivate={() => undefined}
      />
    </div>
  );
}

function childrenOf(steps: readonly PlanStep[], parent: number): readonly TreeNode[] {
  return steps
    .filter((step) => step.parent === parent)
    .map((step): TreeNode => {
      const children = childrenOf(steps, step.id);
      const scan = step.fullScan;
      return {
        id: String(step.id),
        label: step.detail,
        ...(scan === null ? {} : { detail: <Badge tone="warning">Reads all of {scan}</Badge> }),
        ...(children.length === 0 ? {} : { children }),
      };
    });
}

function Advice({ advice }: { readonly advice: IndexAdvice }) {
  const { plan, notify } = useStudio();
  const model = useSource(({ snapshot }) => snapshot?.models.find(({ id }) => id === advice.model));
  const fields = model === undefined ? null : fieldsOf(model, advice.columns);
  const columns = advice.columns.join(', ');
  return (
    <Banner
      inset
      tone="info"
      actions={
        model !== undefined && fields !== null ? (
          <Button
            small
            onClick={() => {
              const code = `models.Index(fields=[${fields.map((name) => `"${name}"`).join(', ')}])`;
              void attempt(notify, 'The index was not added', () =>
                plan.propose({ kind: 'meta.addEntry', model: model.id, option: 'indexes', code }),
              );
            }}
          >
            Add to {model.name}…
          </Button>
        ) : (
          <Button small onClick={() => void navigator.clipboard.writeText(advice.sql)}>
            Copy SQL
          </Button>
        )
      }
    >
      SQLite would use an index on <code>{columns}</code> of <code>{advice.table}</code> for this.
    </Banner>
  );
}

/** The fields that these columns are of; null where one is none of the model's own. */
function fieldsOf({ fields }: ModelFacts, columns: readonly string[]): readonly string[] | null {
  const names = columns.map(
    (column) =>
      fields.find(({ name, relation, options }) => {
        const own = options.find((option) => option.name === 'db_column')?.value;
        return column === (own ?? (relation === null ? name : `${name}_id`));
      })?.name ?? null,
  );
  return names.every((name) => name !== null) ? names : null;
}
