import { Bug } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { CodeBlock } from '../ui/code-block.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

interface ErrorBoundaryProps {
  /** What stands inside, for the sentence: "Models". */
  readonly name: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | null;
}

/** Keeps a bug in one part of the window from taking the others with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <EmptyState
        icon={Bug}
        title={`“${this.props.name}” ran into a bug`}
        actions={
          <Button
            kind="primary"
            onClick={() => {
              this.setState({ error: null });
            }}
          >
            Try again
          </Button>
        }
      >
        <p>Nothing of your project was changed by it. The other parts of the studio go on working.</p>
        <CodeBlock label="What went wrong" text={error.message} maxHeight={120} />
      </EmptyState>
    );
  }
}
