import { Progress } from '@base-ui/react/progress';
import './progress.css';

/** Something is being worked on; stands beside the words that say what. */
export function Spinner() {
  return <span className="spinner" aria-hidden />;
}

/** How far a piece of work is; `value` from 0 to 1, null where it can't be known. */
export function ProgressBar({ label, value }: { readonly label: string; readonly value: number | null }) {
  return (
    <Progress.Root
      className="progress"
      value={value === null ? null : Math.round(value * 100)}
      aria-label={label}
    >
      <Progress.Track className="progress-track">
        <Progress.Indicator className="progress-indicator" />
      </Progress.Track>
    </Progress.Root>
  );
}
