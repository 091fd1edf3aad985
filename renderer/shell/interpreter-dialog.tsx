import { useEffect, useState } from 'react';
import type { Interpreter } from '../../shared/contract/workspace-calls.ts';
import { failureOf } from '../stores/notices.ts';
import { useShell, useStudio, useWorkspace } from '../stores/studio-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormField } from '../ui/form-field.tsx';
import { InterpreterList } from '../ui/interpreter-list.tsx';
import { Spinner } from '../ui/progress.tsx';
import { TextField } from '../ui/text-field.tsx';
import './dialogs.css';

/** Asks which Python runs the open project. */
export function InterpreterDialog() {
  const { shell } = useStudio();
  const open = useShell((state) => state.dialog?.kind === 'interpreter');
  return open ? <InterpreterForm onClose={shell.closeDialog} /> : null;
}

function InterpreterForm({ onClose }: { readonly onClose: () => void }) {
  const { api } = useStudio();
  const current = useWorkspace((state) => state.workspace?.interpreter ?? null);
  const [found, setFound] = useState<readonly Interpreter[] | null>(null);
  const [chosen, setChosen] = useState(current);
  const [path, setPath] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    api.call('python.interpreters', {}).then(
      (interpreters) => {
        // One that was given by its path meanwhile stays, in front.
        setFound((before) => [
          ...(before ?? []),
          ...interpreters.filter(({ path }) => before?.some((each) => each.path === path) !== true),
        ]);
      },
      (error: unknown) => {
        setFound((before) => before ?? []);
        setProblem(failureOf(error).message);
      },
    );
  }, [api]);

  const addPath = async (): Promise<void> => {
    try {
      const interpreter = await api.call('python.inspect', { path });
      setFound((before) => [interpreter, ...(before ?? []).filter((each) => each.path !== interpreter.path)]);
      setProblem(interpreter.problem);
      if (interpreter.problem === null) setChosen(interpreter.path);
    } catch (error) {
      setProblem(failureOf(error).message);
    }
  };

  const choose = async (): Promise<void> => {
    if (chosen === null) return;
    setBusy(true);
    try {
      await api.call('python.choose', { path: chosen });
      onClose();
    } catch (error) {
      setProblem(failureOf(error).message);
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Choose the interpreter"
      description="This Python runs the project: its server, its migrations, its checks."
      width="medium"
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} disabled={chosen === null} onClick={() => void choose()}>
            Use this interpreter
          </Button>
        </>
      }
    >
      <div className="interpreter-dialog">
        {found === null ? (
          <p>
            <Spinner /> Looking for interpreters…
          </p>
        ) : (
          <InterpreterList
            label="Interpreters of this machine"
            interpreters={found}
            value={chosen}
            onChange={setChosen}
          />
        )}
        <FormField label="Another one" help="The path of a python executable." problem={problem}>
          {(control) => (
            <div className="path-row">
              <TextField
                {...control}
                code
                value={path}
                onChange={setPath}
                placeholder="/usr/bin/python3.12"
              />
              <Button disabled={path.trim() === ''} onClick={() => void addPath()}>
                Add
              </Button>
            </div>
          )}
        </FormField>
      </div>
    </Dialog>
  );
}
