/** A bug in one screen must not take the others away, least of all in the middle of a drill. */
import { Component, type ReactNode } from 'react';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  readonly renderFallback: (error: unknown, reset: () => void) => ReactNode;
}

interface ErrorBoundaryState {
  readonly failed: boolean;
  readonly error: unknown;
}

// React knows error boundaries only as classes.
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failed: false, error: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { failed: true, error };
  }

  readonly reset = () => this.setState({ failed: false, error: undefined });

  override render(): ReactNode {
    return this.state.failed
      ? this.props.renderFallback(this.state.error, this.reset)
      : this.props.children;
  }
}
