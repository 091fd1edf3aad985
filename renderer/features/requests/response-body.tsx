import { Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { IncomingResponse } from '../../../shared/contract/host-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { byteSize } from '../../ui/byte-size.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { bodyForm, headerValue, indentJson, jsonTokens } from './response-text.ts';

// A page of more text than this takes the browser seconds to lay out.
const SHOWN_AT_ONCE = 200_000;

/** The body as text, and never as a page: what a project answers must not run in the studio. */
export function ResponseBody({ response }: { readonly response: IncomingResponse }) {
  const form = bodyForm(response);
  const { body, headers, bodyBytes, truncated } = response;
  if (form === 'empty') return <p className="request-remark">The answer has no body.</p>;
  if (form === 'binary' || body === null) {
    const type = headerValue(headers, 'Content-Type') ?? 'no type';
    return (
      <p className="request-remark">
        {byteSize(bodyBytes)} that are no text ({type}) are not shown.
      </p>
    );
  }
  return (
    <>
      {truncated && (
        <Banner tone="info">The answer goes on; its beginning of {byteSize(body.length)} is shown.</Banner>
      )}
      <TextBody text={body} json={form === 'json'} />
    </>
  );
}

function TextBody({ text, json }: { readonly text: string; readonly json: boolean }) {
  const { notify } = useStudio();
  const [shape, setShape] = useState<'formatted' | 'raw'>('formatted');
  const [whole, setWhole] = useState(false);
  const formatted = useMemo(() => (json ? indentJson(text) : null), [json, text]);
  const full = shape === 'formatted' ? (formatted ?? text) : text;
  const shown = whole ? full : full.slice(0, SHOWN_AT_ONCE);
  const colored = formatted !== null && shape === 'formatted' && shown.length <= SHOWN_AT_ONCE;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(full);
    notify({ kind: 'done', title: 'Copied the body' });
  };
  return (
    <div className="response-body">
      <div className="response-body-actions">
        {formatted !== null && (
          <Segmented
            label="Show the body"
            value={shape}
            onChange={setShape}
            choices={[
              { value: 'formatted', label: 'Formatted' },
              { value: 'raw', label: 'As sent' },
            ]}
          />
        )}
        <IconButton
          icon={Copy}
          label="Copy the body"
          onClick={() => void attempt(notify, 'The body was not copied', copy)}
        />
      </div>
      <pre tabIndex={0} role="region" aria-label="Body of the response">
        <code>{colored ? <JsonText text={shown} /> : shown}</code>
      </pre>
      {shown.length < full.length && (
        <p className="response-more">
          {byteSize(full.length - shown.length)} more
          <Button
            small
            onClick={() => {
              setWhole(true);
            }}
          >
            Show all of it
          </Button>
        </p>
      )}
    </div>
  );
}

function JsonText({ text }: { readonly text: string }) {
  const tokens = useMemo(() => jsonTokens(text), [text]);
  return tokens.map(({ kind, text: token }, index) =>
    kind === 'space' || kind === 'punctuation' ? (
      token
    ) : (
      <span key={index} className={`json-${kind}`}>
        {token}
      </span>
    ),
  );
}
