import { Info } from 'lucide-react';
import { useRef } from 'react';
import type { PendingPlan } from '../../stores/plan-store.ts';
import { usePlan, useSettings, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FileChangeView } from '../../ui/hunk-view.tsx';
import { isApple, KeyHint } from '../../ui/key-hint.tsx';
import { matchesShortcut } from '../../ui/shortcut.ts';
import './plan-dialog.css';

/** Shows every hunk of a change before a byte of it is written. */
export function PlanDialog() {
  const pending = usePlan((state) => state.pending);
  return pending === null ? null : <PlanConfirmation pending={pending} />;
}

function PlanConfirmation({ pending }: { readonly pending: PendingPlan }) {
  const { plan, settings, notify } = useStudio();
  const apply = useRef<HTMLButtonElement>(null);
  const asksAlways = useSettings((state) => state.settings.confirmChanges);
  const applying = pending.phase === 'applying';
  const { files } = pending.plan;
  const confirm = (): void => void plan.confirm();
  const stopAsking = (): void => {
    settings
      .change({ confirmChanges: false })
      .then(() => {
        notify({
          kind: 'info',
          title: 'Changes are written without asking from now on',
          description: 'Each can be undone. The settings bring the question back.',
        });
      })
      .catch(reportError);
  };
  return (
    <Dialog
      open
      onClose={plan.cancel}
      title={pending.plan.title}
      description={files.length === 1 ? 'Changes one file.' : `Changes ${files.length} files.`}
      width="wide"
      keepOpen
      initialFocus={apply}
      onKeyDown={(event) => {
        if (matchesShortcut('Mod+Enter', event.nativeEvent, isApple)) confirm();
      }}
      foot={
        <>
          <div className="dialog-foot-start">
            {asksAlways && (
              <Button kind="quiet" small onClick={stopAsking}>
                Don’t ask again
              </Button>
            )}
          </div>
          <Button disabled={applying} onClick={plan.cancel}>
            Cancel
          </Button>
          <Button ref={apply} kind="primary" busy={applying} onClick={confirm}>
            Apply <KeyHint shortcut="Mod+Enter" />
          </Button>
        </>
      }
    >
      <PlanContents pending={pending} />
    </Dialog>
  );
}

function PlanContents({ pending }: { readonly pending: PendingPlan }) {
  const { plan } = useStudio();
  const { files, notes, packages } = pending.plan;
  const trusted = useWorkspace((state) => state.workspace?.trusted === true);
  return (
    <div className="plan">
      {pending.failure !== null && (
        <Banner tone="danger" inset>
          {pending.failure.message}
        </Banner>
      )}
      {notes.length > 0 && (
        <ul className="plan-notes" aria-label="To know">
          {notes.map((note) => (
            <li key={note}>
              <Info size={13} aria-hidden />
              {note}
            </li>
          ))}
        </ul>
      )}
      {packages.length > 0 && (
        <div className="plan-packages">
          <Checkbox
            label={`Install ${packages.join(', ')}`}
            help={
              trusted
                ? 'Into the environment of this project, as its requirements name them.'
                : 'Trust this project first; until then the new code can’t be imported.'
            }
            checked={pending.install}
            disabled={!trusted}
            onChange={plan.setInstall}
          />
        </div>
      )}
      <div>
        {files.map((change) => (
          <FileChangeView key={change.path} change={change} />
        ))}
      </div>
    </div>
  );
}
