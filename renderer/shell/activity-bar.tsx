import { useCommand } from '../commands/use-command.ts';
import { features, type Feature } from '../features.tsx';
import { useShell } from '../stores/studio-context.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import './activity-bar.css';

/** The ways to all features, at the window's edge. */
export function ActivityBar() {
  return (
    <nav className="activity-bar" aria-label="Features" data-part="features">
      {features
        .filter((feature) => feature.id !== 'settings')
        .map((feature) => (
          <Activity key={feature.id} feature={feature} />
        ))}
      <span className="activity-space" />
      {features
        .filter((feature) => feature.id === 'settings')
        .map((feature) => (
          <Activity key={feature.id} feature={feature} />
        ))}
    </nav>
  );
}

function Activity({ feature }: { readonly feature: Feature }) {
  const current = useShell((state) => state.view === feature.id);
  const { shortcut, enabled, run } = useCommand(feature.command);
  return (
    <Tooltip label={feature.label} shortcut={shortcut} side="right">
      <button
        type="button"
        className="activity"
        aria-label={feature.label}
        aria-current={current ? 'page' : undefined}
        disabled={!enabled}
        onClick={run}
      >
        <feature.icon size={19} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  );
}
