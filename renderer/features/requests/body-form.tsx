import { hasBody, type BodyKind } from '../../stores/request-draft.ts';
import { sampleBody } from '../../stores/sample-body.ts';
import { useRequests, useRuntime, useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { PairTable } from './pair-table.tsx';
import { indentJson, jsonProblem } from './response-text.ts';

/** What is sent along: JSON, the fields of a form, or any text. */
export function BodyForm() {
  const { requests } = useStudio();
  const draft = useRequests((state) => state.draft);
  const { method, bodyKind, body, form } = draft;
  if (!hasBody(method)) return <p className="request-remark">A {method} request carries no body.</p>;
  return (
    <div className="request-form request-body">
      <div className="request-body-kinds">
        <Segmented<BodyKind>
          label="Kind of the body"
          value={bodyKind}
          choices={[
            { value: 'json', label: 'JSON' },
            { value: 'form', label: 'Form' },
            { value: 'text', label: 'Text' },
          ]}
          onChange={(next) => {
            requests.edit({ bodyKind: next });
          }}
        />
        {bodyKind === 'json' && <JsonActions />}
      </div>
      {bodyKind === 'form' ? (
        <PairTable
          thing="field"
          pairs={form}
          onChange={(next) => {
            requests.edit({ form: next });
          }}
        />
      ) : (
        <TextArea
          code
          aria-label="Body"
          placeholder={bodyKind === 'json' ? '{}' : ''}
          value={body}
          onChange={(next) => {
            requests.edit({ body: next });
          }}
        />
      )}
      {bodyKind === 'json' && <JsonRemark body={body} />}
    </div>
  );
}

function JsonRemark({ body }: { readonly body: string }) {
  const problem = body.trim() === '' ? null : jsonProblem(body);
  return (
    <p className="request-json-problem" role="status">
      {problem !== null && `Not JSON: ${problem}. It is sent as it stands.`}
    </p>
  );
}

function JsonActions() {
  const { requests } = useStudio();
  const draft = useRequests((state) => state.draft);
  const lens = useRuntime((state) => state.lens);
  const route = lens?.routes.find(({ pattern }) => pattern === draft.path);
  const today = new Date().toISOString().slice(0, 10);
  const sample = lens === null || route === undefined ? null : sampleBody(route, lens, today);
  const indented = indentJson(draft.body);
  return (
    <>
      <Button
        small
        kind="quiet"
        title="A value for every field of the view’s model"
        onClick={() => {
          requests.edit({ body: sample ?? '{}' });
        }}
      >
        Insert a sample
      </Button>
      <Button
        small
        kind="quiet"
        disabled={indented === null || indented === draft.body}
        onClick={() => {
          requests.edit({ body: indented ?? draft.body });
        }}
      >
        Format
      </Button>
    </>
  );
}
