import type { ModelFacts } from '../../../../../shared/django/project-model.ts';
import { readString } from '../../../../../shared/python/string-code.ts';
import { useStudio } from '../../../../stores/studio-context.tsx';
import { ProposalProblem } from '../../../../fields/proposal-problem.tsx';
import { useProposal } from '../../../../stores/use-proposal.ts';
import { Switch } from '../../../../ui/checkbox.tsx';
import { InspectorSection } from '../inspector-section.tsx';

/** The class itself: its bases, whether it is abstract, its table, where it stands. */
export function ClassSection({ model }: { readonly model: ModelFacts }) {
  const { designer, editor } = useStudio();
  const proposal = useProposal();
  const { propose } = proposal;
  return (
    <InspectorSection title="Class" atFirst>
      <ProposalProblem of={proposal} />
      <dl className="inspector-facts">
        <dt>Bases</dt>
        <dd>
          <button
            type="button"
            className="link-button"
            title="Change the bases"
            disabled={model.stale}
            onClick={() => {
              designer.open({ kind: 'model-form', form: 'bases', model: model.id, field: null });
            }}
          >
            <code>{model.bases.join(', ') || '–'}</code>
          </button>
        </dd>
        {!model.abstract && (
          <>
            <dt>Table</dt>
            <dd>
              <code>{tableOf(model)}</code>
            </dd>
          </>
        )}
        <dt>Source</dt>
        <dd>
          <button
            type="button"
            className="link-button"
            onClick={() => void editor.reveal(model.place).catch(reportError)}
          >
            {model.place.file}:{String(model.place.line)}
          </button>
        </dd>
      </dl>
      {!model.proxy && (
        <div className="inspector-switch">
          <Switch
            label="Abstract"
            help="Has no table of its own: models that derive from it get its fields."
            checked={model.abstract}
            disabled={model.stale}
            onChange={(abstract) => {
              void propose([{ kind: 'model.setAbstract', model: model.id, abstract }]);
            }}
          />
        </div>
      )}
    </InspectorSection>
  );
}

/** https://docs.djangoproject.com/en/5.2/ref/models/options/#table-names */
function tableOf(model: ModelFacts): string {
  const given = model.meta.find((option) => option.name === 'db_table');
  if (given !== undefined) return readString(given.code) ?? given.code;
  return `${model.app}_${model.name.toLowerCase()}`;
}
