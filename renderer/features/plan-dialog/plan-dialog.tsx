import { FolderOutput, FolderX, Info } from 'lucide-react';
import { useRef } from 'react';
import type { FailureValue } from '../../../shared/contract/failure.ts';
import type { Plan } from '../../../shared/django/plan/plan.ts';
import { differenceOf } from '../../stores/notices.ts';
import { isEmpty, type PendingPlan } from '../../stores/plan-store.ts';
import { usePlan, useSettings, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FileChangeView } from '../../ui/hunk-view.tsx';
import { isApple, KeyHint } from '../../ui/key-hint.tsx';
import { matchesShortcut } from '../../ui/shortcut.ts';
import { SetAsidePlan } from './set-aside-plan.tsx';
import { UncertainUses } from './uncertain-uses.tsx';
import './plan-dialog.css';

/** Shows every hunk of a change before a byte of it is written. */
export function PlanDialog() {
  const pending = usePlan((state) => state.pending);
  if (pending === null) return null;
  return pending.phase === 'aside' ? (
    <SetAsidePlan title={pending.plan.title} />
  ) : (
    <PlanConfirmation pending={pending} />
  );
}

function PlanConfirmation({ pending }: { readonly pending: PendingPlan }) {
  const { plan, settings, notify } = useStudio();
  const apply = useRef<HTMLButtonElement>(null);
  const asksAlways = useSettings((state) => state.settings.confirmChanges);
  const applying = pending.phase === 'applying';
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
      description={effectOf(pending.plan)}
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
          <Button
            ref={apply}
            kind="primary"
            busy={applying}
            disabled={isEmpty(pending.plan)}
            onClick={confirm}
          >
            Apply <KeyHint shortcut="Mod+Enter" />
          </Button>
        </>
      }
    >
      <PlanContents pending={pending} />
    </Dialog>
  );
}

/** How much a plan does, in a sentence. */
function effectOf({ files, folderMoves, folderRemovals }: Plan): string {
  const count = (list: readonly unknown[], one: string, many: string): string =>
    list.length === 1 ? one : `${String(list.length)} ${many}`;
  const parts = [
    ...(files.length === 0 ? [] : [`changes ${count(files, 'one file', 'files')}`]),
    ...(folderMoves.length === 0 ? [] : [`moves ${count(folderMoves, 'a folder', 'folders')}`]),
    ...(folderRemovals.length === 0 ? [] : [`removes ${count(folderRemovals, 'a folder', 'folders')}`]),
  ];
  if (parts.length === 0) return 'Changes nothing yet: tick what is meant.';
  const sentence = parts.join(' and ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function PlanContents({ pending }: { readonly pending: PendingPlan }) {
  const { plan } = useStudio();
  const { files, notes, packages, uncertain } = pending.plan;
  const trusted = useWorkspace((state) => state.workspace?.trusted === true);
  return (
    <div className="plan">
      {pending.failure !== null && <PlanFailure failure={pending.failure} />}
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
      {uncertain.length > 0 && <UncertainUses uses={uncertain} accepted={pending.accepted} />}
      <Folders plan={pending.plan} />
      <div>
        {files.map((change) => (
          <FileChangeView key={change.path} change={change} />
        ))}
      </div>
    </div>
  );
}

/** Why it could not be written; where another program was faster, both texts are at hand. */
function PlanFailure({ failure }: { readonly failure: FailureValue }) {
  const { shell } = useStudio();
  const change = differenceOf(failure);
  return (
    <Banner
      inset
      tone="danger"
      actions={
        change !== null && (
          <Button
            small
            onClick={() => {
              shell.openDialog({ kind: 'difference', change });
            }}
          >
            Show both texts
          </Button>
        )
      }
    >
      {failure.message}
    </Banner>
  );
}

/** Folders that go to another place, or away, with everything in them. */
function Folders({ plan: { folderMoves, folderRemovals } }: { readonly plan: Plan }) {
  if (folderMoves.length === 0 && folderRemovals.length === 0) return null;
  return (
    <ul className="plan-folders" aria-label="Folders">
      {folderMoves.map(({ from, to }) => (
        <li key={from}>
          <FolderOutput size={14} aria-hidden />
          <span>
            <code>{from}/</code> becomes <code>{to}/</code> with everything in it
          </span>
        </li>
      ))}
      {folderRemovals.map((folder) => (
        <li key={folder} className="plan-folder-removed">
          <FolderX size={14} aria-hidden />
          <span>
            <code>{folder}/</code> goes with everything in it
          </span>
        </li>
      ))}
    </ul>
  );
}
