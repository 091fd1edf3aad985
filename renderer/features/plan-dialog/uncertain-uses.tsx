import { useId } from 'react';
import type { UncertainUse } from '../../../shared/django/plan/plan.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';

interface UncertainUsesProps {
  readonly uses: readonly UncertainUse[];
  readonly accepted: ReadonlySet<string>;
}

/** The places that may mean what changes: the user ticks those that do, and the hunks follow. */
export function UncertainUses({ uses, accepted }: UncertainUsesProps) {
  const { plan } = useStudio();
  const heading = useId();
  const ticked = uses.filter(({ id }) => accepted.has(id)).length;
  const accept = (ids: Iterable<string>): void => void plan.accept(ids);
  return (
    <section className="uncertain" aria-labelledby={heading}>
      <header className="uncertain-head">
        <Checkbox
          label={<strong id={heading}>May also be meant</strong>}
          checked={ticked === uses.length}
          indeterminate={ticked > 0 && ticked < uses.length}
          onChange={(all) => {
            accept(all ? uses.map(({ id }) => id) : []);
          }}
        />
        <span className="uncertain-count" role="status">
          {ticked} of {uses.length} ticked
        </span>
      </header>
      <ul className="uncertain-list">
        {uses.map((use) => (
          <li key={use.id} className="uncertain-use">
            <Checkbox
              label={<code className="uncertain-text">{use.text.trim() || '(empty line)'}</code>}
              help={`${use.why}; a tick ${use.does}`}
              checked={accepted.has(use.id)}
              onChange={(checked) => {
                accept(checked ? [...accepted, use.id] : [...accepted].filter((id) => id !== use.id));
              }}
            />
            <PlaceLink use={use} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Goes to the line; the change waits meanwhile. */
function PlaceLink({ use: { path, line } }: { readonly use: UncertainUse }) {
  const { plan, editor, notify } = useStudio();
  const go = async (): Promise<void> => {
    plan.setAside();
    await editor.reveal({ file: path, line });
  };
  const words = `${path}:${line}`;
  return (
    <button
      type="button"
      className="uncertain-place"
      title={`Show ${words} in the code`}
      onClick={() => void attempt(notify, 'The file could not be opened', go)}
    >
      <bdi>{words}</bdi>
    </button>
  );
}
