import { UserPlus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { ProjectUser } from '../../../shared/contract/host-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import { useRequests, useStudio } from '../../stores/studio-context.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { Choice } from '../../ui/select.tsx';
import { SuperuserDialog } from './superuser-dialog.tsx';

const ANONYMOUS: Choice = { value: 'anonymous', label: 'Anonymous' };
const PAUSE = 250;

/** Who the request is sent as: nobody, or a user of the project's own database. */
export function SenderField() {
  const { requests } = useStudio();
  const sender = useRequests((state) => state.draft.as);
  const [search, setSearch] = useState('');
  const { users, usernameField, problem, reload } = useUsers(search);
  const [creating, setCreating] = useState(false);
  // The chosen one may not be among those that a search finds.
  const [chosen, setChosen] = useState<ProjectUser | null>(null);
  const wanted = sender.kind === 'user' ? sender.id : null;
  const known = users.find(({ id }) => id === wanted) ?? (chosen?.id === wanted ? chosen : null);
  const listed = known === null || users.includes(known) ? users : [...users, known];
  const missing: readonly Choice[] =
    wanted !== null && known === null ? [{ value: wanted, label: `User ${wanted}` }] : [];
  const found = [...listed.map(userChoice), ...missing];
  const choose = (user: ProjectUser): void => {
    setChosen(user);
    requests.edit({ as: { kind: 'user', id: user.id } });
  };
  return (
    <div className="request-sender">
      <span aria-hidden>as</span>
      <Combobox
        label="Send as"
        placeholder="Send as"
        empty="No user has this name."
        // What a search found stands before everything else: Enter takes the first.
        choices={search === '' ? [ANONYMOUS, ...found] : [...found, ANONYMOUS]}
        value={wanted ?? ANONYMOUS.value}
        onSearch={setSearch}
        onChange={(value) => {
          const user = listed.find(({ id }) => id === value);
          if (user === undefined) requests.edit({ as: { kind: 'anonymous' } });
          else choose(user);
        }}
      />
      <IconButton
        icon={UserPlus}
        label={problem ?? 'Create a superuser…'}
        small={false}
        disabled={problem !== null}
        onClick={() => {
          setCreating(true);
        }}
      />
      {creating && (
        <SuperuserDialog
          usernameField={usernameField}
          onClose={() => {
            setCreating(false);
          }}
          onCreated={(user) => {
            setCreating(false);
            choose(user);
            void reload();
          }}
        />
      )}
    </div>
  );
}

function userChoice({ id, username, isSuperuser, isStaff, isActive }: ProjectUser): Choice {
  const role = isSuperuser ? 'superuser' : isStaff ? 'staff' : undefined;
  return { value: id, label: username, detail: isActive ? role : 'inactive' };
}

/** The users that a search finds, asked a moment after it was typed. */
function useUsers(search: string) {
  const { api } = useStudio();
  const [users, setUsers] = useState<readonly ProjectUser[]>([]);
  const [usernameField, setUsernameField] = useState('username');
  const [problem, setProblem] = useState<string | null>(null);
  const reload = useCallback(async (): Promise<void> => {
    try {
      const found = await api.call('users.list', { search });
      setUsers(found.users);
      setUsernameField(found.usernameField);
      setProblem(null);
    } catch (error) {
      setProblem(failureOf(error).message);
    }
  }, [api, search]);
  useEffect(() => {
    const timer = setTimeout(() => void reload(), search === '' ? 0 : PAUSE);
    return () => {
      clearTimeout(timer);
    };
  }, [reload, search]);
  // Migrations may have made the table of users, or another one of it.
  useEffect(() => api.subscribe('migrations.changed', () => void reload()), [api, reload]);
  return { users, usernameField, problem, reload };
}
