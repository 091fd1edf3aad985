import { useState } from 'react';
import type { ProjectUser } from '../../../shared/contract/host-calls.ts';
import type { FailureValue } from '../../../shared/contract/failure.ts';
import { failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface SuperuserDialogProps {
  /** What the project's user model is known by: `username`, `email`. */
  readonly usernameField: string;
  readonly onClose: () => void;
  readonly onCreated: (user: ProjectUser) => void;
}

const noAccount = { username: '', email: '', password: '' };

/** Asks for a superuser of the project, checked by the project's own rules. */
export function SuperuserDialog({ usernameField, onClose, onCreated }: SuperuserDialogProps) {
  const { api } = useStudio();
  const [account, setAccount] = useState(noAccount);
  const [failure, setFailure] = useState<FailureValue | null>(null);
  const [busy, setBusy] = useState(false);
  const byEmail = usernameField === 'email';
  const complete = account.username !== '' && account.password !== '';
  const create = async (): Promise<void> => {
    if (!complete || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const email = byEmail ? account.username : account.email;
      onCreated(await api.call('users.createSuperuser', { ...account, email }));
    } catch (error) {
      setFailure(failureOf(error));
      setBusy(false);
    }
  };
  const problems = fieldProblems(failure);
  const field = (name: keyof typeof noAccount, label: string, type: string, keys: readonly string[]) => (
    <FormField
      label={label}
      optional={name === 'email'}
      problem={keys.map((key) => problems[key]).find(Boolean)}
    >
      {(control) => (
        <TextField
          {...control}
          type={type}
          autoComplete={name === 'password' ? 'new-password' : 'off'}
          value={account[name]}
          onChange={(value) => {
            setAccount((before) => ({ ...before, [name]: value }));
          }}
        />
      )}
    </FormField>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      keepOpen={account.username !== ''}
      title="Create a superuser"
      description="A user of this project’s database who may do everything, in the admin too."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} disabled={!complete} onClick={() => void create()}>
            Create
          </Button>
        </>
      }
    >
      <form
        className="request-superuser"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        {failure !== null && (
          <Banner tone="danger" inset>
            {failure.message}
          </Banner>
        )}
        {field('username', humanName(usernameField), byEmail ? 'email' : 'text', ['username', usernameField])}
        {!byEmail && field('email', 'Email', 'email', ['email'])}
        {field('password', 'Password', 'password', ['password'])}
        {/* Enter sends the form; the buttons stand in the foot of the dialog. */}
        <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden />
      </form>
    </Dialog>
  );
}

function humanName(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1).replaceAll('_', ' ');
}

/** Django's messages by field. */
function fieldProblems(failure: FailureValue | null): Readonly<Record<string, string>> {
  const fields = failure?.detail?.['fields'];
  if (typeof fields !== 'object' || fields === null) return {};
  return Object.fromEntries(
    Object.entries(fields).map(([name, messages]) => [
      name,
      Array.isArray(messages) ? messages.map(String).join(' ') : String(messages),
    ]),
  );
}
