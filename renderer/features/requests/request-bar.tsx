import { Send } from 'lucide-react';
import { useMemo } from 'react';
import { CommandButton } from '../../commands/command-button.tsx';
import { draftProblem, METHODS, requestPath, type Method } from '../../stores/request-draft.ts';
import { sampleBody } from '../../stores/sample-body.ts';
import { useRequests, useRuntime, useServer, useStudio } from '../../stores/studio-context.tsx';
import { Select } from '../../ui/select.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { SenderField } from './sender-field.tsx';

const methodChoices = METHODS.map((method) => ({ value: method, label: method }));

/** Method, path and sender of the request, and sending it. */
export function RequestBar() {
  const { requests } = useStudio();
  const draft = useRequests((state) => state.draft);
  const problem = draftProblem(draft);
  return (
    <div className="request-bar">
      <div className="request-line">
        <div className="request-method">
          <Select<Method>
            label="Method"
            choices={methodChoices}
            value={draft.method}
            onChange={(method) => {
              requests.edit({ method });
            }}
          />
        </div>
        <PathField />
        <SenderField />
        <CommandButton command="requests.send" icon={Send} kind="primary">
          Send
        </CommandButton>
      </div>
      <p className="request-address" id="request-address">
        <Address path={requestPath(draft)} />
        {problem !== null && <span className="request-problem">{problem}</span>}
      </p>
    </div>
  );
}

function Address({ path }: { readonly path: string }) {
  const address = useServer((state) => state.status.address);
  return (
    <code title={path}>
      <span>{address?.replace(/\/$/, '') ?? 'http://localhost'}</span>
      {path}
    </code>
  );
}

/** The path as it is typed, or one of the project's routes. */
function PathField() {
  const { requests } = useStudio();
  const path = useRequests((state) => state.draft.path);
  const lens = useRuntime((state) => state.lens);
  const suggestions = useMemo(() => {
    const byPattern = new Map((lens?.routes ?? []).map((route) => [route.pattern, route]));
    return [...byPattern.values()].map(({ pattern, name, namespace, view }) => ({
      value: pattern,
      label: pattern,
      detail: name === null ? view.split('.').at(-1) : [namespace, name].filter(Boolean).join(':'),
    }));
  }, [lens]);
  const choose = (pattern: string): void => {
    const route = lens?.routes.find((candidate) => candidate.pattern === pattern);
    if (lens === null || route === undefined) return;
    requests.compose(route, sampleBody(route, lens, new Date().toISOString().slice(0, 10)));
  };
  return (
    <div className="request-path">
      <SuggestField
        code
        label="Path or route"
        placeholder="/books/ or the name of a route"
        aria-describedby="request-address"
        suggestions={suggestions}
        value={path}
        onChange={(next) => {
          requests.edit({ path: next });
        }}
        onChoose={choose}
      />
    </div>
  );
}
