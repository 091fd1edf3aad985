import { commandSpecs, type CommandSpec, type MenuPlace } from '../../shared/commands.ts';
import { useShell, useStudio } from '../stores/studio-context.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import './dialogs.css';

const groups: readonly { readonly place: MenuPlace; readonly title: string }[] = [
  { place: 'file', title: 'File' },
  { place: 'edit', title: 'Edit' },
  { place: 'view', title: 'View' },
  { place: 'models', title: 'Models' },
  { place: 'models', title: 'Models' },
  { place: 'project', title: 'Project' },
];

/** Every shortcut of the studio. */
export function ShortcutsDialog() {
  const { shell } = useStudio();
  const open = useShell((state) => state.dialog?.kind === 'shortcuts');
  const specs: readonly CommandSpec[] = commandSpecs;
  return (
    <Dialog open={open} onClose={shell.closeDialog} title="Keyboard shortcuts">
      <table className="shortcuts-table">
        {groups.map(({ place, title }) => (
          <tbody key={place}>
            <tr>
              <th colSpan={2} scope="rowgroup">
                {title}
              </th>
            </tr>
            {specs
              .filter((spec) => spec.menu?.place === place && spec.shortcuts !== undefined)
              .map((spec) => (
                <tr key={spec.id}>
                  <td>{spec.label.replace('…', '')}</td>
                  <td>
                    {spec.shortcuts?.map((shortcut) => (
                      <KeyHint key={shortcut} shortcut={shortcut} />
                    ))}
                  </td>
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    </Dialog>
  );
}
