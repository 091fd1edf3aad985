import { Copy } from 'lucide-react';
import { IconButton } from './icon-button.tsx';
import './code-block.css';

interface CodeBlockProps {
  readonly text: string;
  /** What the text is, for screen readers: "SQL of the migration". */
  readonly label: string;
  /** Highest height in pixels; more scrolls. */
  readonly maxHeight?: number;
  /** Breaks long lines instead of cutting them: for statements, whose end matters as much as their beginning. */
  readonly wrap?: boolean;
}

/** Text of a program to read and copy. */
export function CodeBlock({ text, label, maxHeight, wrap = false }: CodeBlockProps) {
  return (
    <div className="code-block">
      <pre
        role="region"
        tabIndex={0}
        aria-label={label}
        className={wrap ? 'code-block-wrap' : undefined}
        style={maxHeight === undefined ? undefined : { maxHeight }}
      >
        <code>{text}</code>
      </pre>
      <IconButton
        className="code-block-copy"
        icon={Copy}
        label="Copy"
        onClick={() => void navigator.clipboard.writeText(text)}
      />
    </div>
  );
}
