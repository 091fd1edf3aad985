import {
  parameterProblem,
  parametersOf,
  converterHelp,
  type RequestDraft,
} from '../../stores/request-draft.ts';
import { useRequests, useStudio } from '../../stores/studio-context.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { PairTable } from './pair-table.tsx';

/** The parts of the path, and the query behind it. */
export function ParameterForm() {
  const { requests } = useStudio();
  const draft = useRequests((state) => state.draft);
  return (
    <div className="request-form">
      <PathParameters draft={draft} />
      <section aria-label="Query">
        <h3>Query</h3>
        <PairTable
          thing="query parameter"
          pairs={draft.query}
          onChange={(query) => {
            requests.edit({ query });
          }}
        />
      </section>
    </div>
  );
}

function PathParameters({ draft }: { readonly draft: RequestDraft }) {
  const { requests } = useStudio();
  const parameters = parametersOf(draft.path);
  if (parameters.length === 0) return null;
  return (
    <section aria-label="Path">
      <h3>Path</h3>
      <div className="request-parameters">
        {parameters.map((parameter) => {
          const { name, converter } = parameter;
          const value = draft.parameters[name] ?? '';
          return (
            <FormField
              key={name}
              label={converter === null ? name : `${name} (${converter})`}
              problem={value === '' ? null : parameterProblem(parameter, value)}
              help={value === '' ? (converterHelp(converter) ?? undefined) : undefined}
            >
              {(control) => (
                <TextField
                  {...control}
                  code
                  inputMode={converter === 'int' ? 'numeric' : 'text'}
                  value={value}
                  onChange={(next) => {
                    requests.edit({ parameters: { ...draft.parameters, [name]: next } });
                  }}
                />
              )}
            </FormField>
          );
        })}
      </div>
    </section>
  );
}
