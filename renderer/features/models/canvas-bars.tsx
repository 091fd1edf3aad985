import { Minus, Plus, X } from 'lucide-react';
import { useCommand } from '../../commands/use-command.ts';
import { CommandIcon } from '../../commands/command-button.tsx';
import type { CanvasFocus, Comparison } from '../../stores/designer-store.ts';
import { useDesigner, useStudio } from '../../stores/studio-context.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { focusTitle } from './canvas/focus.ts';

interface CanvasBarsProps {
  /** How many models are in focus. */
  readonly focused: number;
}

/** Says what the canvas shows when it does not show everything as it is, and ends that. */
export function CanvasBars({ focused }: CanvasBarsProps) {
  const focus = useDesigner((state) => state.focus);
  const comparison = useDesigner((state) => state.comparison);
  return (
    <>
      {comparison !== null && <ComparisonBar comparison={comparison} focus={focus} />}
      {focus !== null && <FocusBar focus={focus} focused={focused} />}
    </>
  );
}

function FocusBar({ focus, focused }: { readonly focus: CanvasFocus; readonly focused: number }) {
  const { designer } = useStudio();
  const dims = useDesigner((state) => state.focusDims);
  const revision = useDesigner((state) => state.comparison?.revision ?? null);
  return (
    <div className="models-bar" role="status">
      <span className="models-bar-title">{focusTitle(focus, revision)}</span>
      {focus.kind !== 'apps' && <span className="models-bar-count">{countOf(focused)}</span>}
      {focus.kind === 'around' && (
        <>
          <CommandIcon command="models.focusNarrower" icon={Minus} />
          <CommandIcon command="models.focusWider" icon={Plus} />
        </>
      )}
      {focus.kind !== 'apps' && (
        <Checkbox
          label="Dim the others instead of leaving them out"
          checked={dims}
          onChange={designer.setFocusDims}
        />
      )}
      <EndButton command="models.focusNothing" />
    </div>
  );
}

function ComparisonBar({
  comparison: { revision, changes },
  focus,
}: {
  readonly comparison: Comparison;
  readonly focus: CanvasFocus | null;
}) {
  const { designer } = useStudio();
  const count = (mark: string): number => [...changes.values()].filter((each) => each.mark === mark).length;
  return (
    <div className="models-bar" role="status">
      <span className="models-bar-title">Beside {revision}</span>
      {changes.size === 0 ? (
        <span className="models-bar-count">No model has changed.</span>
      ) : (
        (['added', 'changed', 'removed'] as const).map((mark) => (
          <span key={mark} className="models-bar-mark" data-mark={mark}>
            {count(mark)} {mark}
          </span>
        ))
      )}
      {changes.size > 0 && (
        <Checkbox
          label="Only these"
          checked={focus?.kind === 'changes'}
          onChange={(only) => {
            designer.setFocus(only ? { kind: 'changes' } : null);
          }}
        />
      )}
      <EndButton command="models.compareNothing" />
    </div>
  );
}

function EndButton({ command }: { readonly command: 'models.focusNothing' | 'models.compareNothing' }) {
  const { label, run } = useCommand(command);
  return <IconButton icon={X} label={label} onClick={run} />;
}

function countOf(models: number): string {
  return models === 1 ? '1 model' : `${String(models)} models`;
}
