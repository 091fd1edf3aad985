import { useEffect, useState } from 'react';
import type { Interpreter } from '../../../shared/contract/workspace-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { InterpreterList } from '../../ui/interpreter-list.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { FormPartProps } from './new-project-form.ts';

/** Which Python makes the project's environment: one that was found, or another one by its path. */
export function InterpreterField({ form, onChange, problem }: FormPartProps) {
  const { api } = useStudio();
  const [found, setFound] = useState<readonly Interpreter[] | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [other, setOther] = useState<string | null>(null);

  useEffect(() => {
    let gone = false;
    api
      .call('python.interpreters', {})
      .then((interpreters) => {
        if (gone) return;
        // One that was given by its path meanwhile stays, in front.
        setFound((before) => [
          ...(before ?? []),
          ...interpreters.filter(({ path }) => before?.some((each) => each.path === path) !== true),
        ]);
      })
      .catch((error: unknown) => {
        if (gone) return;
        setFound((before) => before ?? []);
        setFailed(failureOf(error).message);
      });
    return () => {
      gone = true;
    };
  }, [api]);

  // The first usable one is the best guess; main lists them by preference.
  const guess = found?.find((interpreter) => interpreter.problem === null)?.path ?? null;
  useEffect(() => {
    if (form.interpreter === null && guess !== null) onChange({ interpreter: guess });
    // Only a new list may choose for the user.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [guess]);

  const inspect = async (path: string): Promise<void> => {
    try {
      const interpreter = await api.call('python.inspect', { path });
      setFound((before) => [interpreter, ...(before ?? []).filter((each) => each.path !== interpreter.path)]);
      setFailed(interpreter.problem);
      if (interpreter.problem !== null) return;
      onChange({ interpreter: interpreter.path });
      setOther(null);
    } catch (error) {
      setFailed(failureOf(error).message);
    }
  };

  return (
    <FormField label="Interpreter" problem={failed ?? problem('interpreter')}>
      {(control) => (
        <>
          {found === null && (
            <div className="new-project-waiting" role="status">
              <Spinner /> Looking for Python on this machine…
            </div>
          )}
          {found?.length === 0 && other === null && (
            <p className="form-field-help">
              No Python was found. Install Python 3.10 or newer, or give the path of one.
            </p>
          )}
          {found !== null && found.length > 0 && (
            <InterpreterList
              label="Interpreter"
              interpreters={found}
              value={form.interpreter}
              describedBy={control['aria-describedby']}
              onChange={(interpreter) => {
                onChange({ interpreter });
              }}
            />
          )}
          {other === null ? (
            <div>
              <Button
                kind="quiet"
                small
                onClick={() => {
                  setOther('');
                }}
              >
                Other…
              </Button>
            </div>
          ) : (
            <div className="new-project-path">
              <TextField
                id={control.id}
                autoFocus
                code
                aria-label="Path of another interpreter"
                placeholder="/usr/local/bin/python3.12"
                value={other}
                onChange={setOther}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return;
                  event.preventDefault();
                  void inspect(other);
                }}
              />
              <Button disabled={other.trim() === ''} onClick={() => void inspect(other)}>
                Add
              </Button>
            </div>
          )}
        </>
      )}
    </FormField>
  );
}
