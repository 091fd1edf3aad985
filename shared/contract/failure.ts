/** The kinds of expected failure; a window may act on the code, people read the message. */
export type FailureCode =
  | 'cancelled'
  | 'changed-outside'
  | 'conflict'
  | 'host-failed'
  | 'internal'
  | 'invalid-input'
  | 'not-allowed'
  | 'not-available'
  | 'not-found'
  | 'not-trusted'
  | 'port-in-use'
  | 'project-error'
  | 'questions-open'
  | 'refused'
  | 'tool-failed'
  | 'unclear-source';

/** What crosses the contract when a call does not succeed. */
export interface FailureValue {
  readonly code: FailureCode;
  /** Whole sentences: what happened, and what to do. */
  readonly message: string;
  /** Facts for the window and the log: JSON values only. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** An expected failure: thrown by services, shown to people. Anything else that is thrown is a bug. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly detail: Readonly<Record<string, unknown>> | undefined;

  constructor(code: FailureCode, message: string, detail?: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.detail = detail;
  }

  /** The failure again, on the other side of the contract. */
  static fromValue(value: FailureValue): Failure {
    return new Failure(value.code, value.message, value.detail);
  }

  /** The plain value that crosses the contract. */
  toValue(): FailureValue {
    return {
      code: this.code,
      message: this.message,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
    };
  }
}

/** The answer to every call: a value or an expected failure, never a rejection. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: FailureValue };
