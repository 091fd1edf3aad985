import { useEffect, useState } from 'react';
import type { FailureValue } from '../../../../shared/contract/failure.ts';
import type { Revision } from '../../../../shared/contract/source-calls.ts';
import { compareModels } from '../../../../shared/django/model-changes.ts';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { failureOf } from '../../../stores/notices.ts';
import { useStudio } from '../../../stores/studio-context.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { relativeTime } from '../../../ui/relative-time.ts';
import type { Choice } from '../../../ui/select.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';

interface CompareDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly onClose: () => void;
}

/** Asks for the revision of the repository beside which the models are shown. */
export function CompareDialog({ snapshot, onClose }: CompareDialogProps) {
  const { api, designer } = useStudio();
  const [suggestions, setSuggestions] = useState<readonly Choice[]>([]);
  const [revision, setRevision] = useState('HEAD');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureValue | null>(null);

  useEffect(() => {
    let gone = false;
    api.call('revisions.list', {}).then(
      (found) => {
        if (!gone) setSuggestions(choicesOf(found, Date.now()));
      },
      (error: unknown) => {
        if (!gone) setFailure(failureOf(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [api]);

  const compare = async (wanted: string): Promise<void> => {
    if (wanted.trim() === '') return;
    setBusy(true);
    setFailure(null);
    try {
      const { models } = await api.call('revisions.models', { revision: wanted });
      designer.compareWith({ revision: wanted.trim(), changes: compareModels(models, snapshot.models) });
      onClose();
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Compare the models with a revision"
      description="What was added, changed and removed since then is painted on the canvas. The sources of the revision are read from git; nothing of it is run."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={revision.trim() === ''}
            onClick={() => void compare(revision)}
          >
            Compare
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void compare(revision);
        }}
      >
        {failure !== null && <Banner tone="danger">{failure.message}</Banner>}
        <FormField label="Branch, tag or commit">
          {(control) => (
            <SuggestField
              aria-describedby={control['aria-describedby']}
              label="Branch, tag or commit"
              code
              value={revision}
              suggestions={suggestions}
              onChange={setRevision}
              onChoose={setRevision}
              onEnter={(typed) => void compare(typed)}
            />
          )}
        </FormField>
      </form>
    </Dialog>
  );
}

function choicesOf(revisions: readonly Revision[], now: number): readonly Choice[] {
  return revisions.map(({ name, at, subject }) => ({
    value: name,
    label: name,
    detail: at === null ? subject : `${subject} · ${relativeTime(at, now)}`,
  }));
}
