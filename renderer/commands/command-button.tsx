import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { Button, type ButtonKind } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { useCommand } from './use-command.ts';

interface CommandButtonProps {
  readonly command: CommandId;
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  readonly icon?: LucideIcon;
  /** Other words than the command's label, where the place makes them clear. */
  readonly children?: ReactNode;
}

/** A button that runs a command: named, explained and enabled as the command is. */
export function CommandButton({ command, children, ...rest }: CommandButtonProps) {
  const { label, shortcut, enabled, run } = useCommand(command);
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <Button {...rest} disabled={!enabled} onClick={run}>
        {children ?? label}
      </Button>
    </Tooltip>
  );
}

/** An icon that runs a command. */
export function CommandIcon({ command, icon }: { readonly command: CommandId; readonly icon: LucideIcon }) {
  const { label, shortcut, enabled, run } = useCommand(command);
  return <IconButton icon={icon} label={label} shortcut={shortcut} disabled={!enabled} onClick={run} />;
}
