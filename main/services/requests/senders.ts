import type { Sender } from '../../../shared/contract/host-calls.ts';
import type { HostService } from '../host/host-service.ts';

/** What makes a request that of a user, and lets it through Django's CSRF check. */
export interface Credentials {
  readonly cookies: readonly { readonly name: string; readonly value: string }[];
  readonly csrfToken: string;
  /** `X-CSRFTOKEN`, or what the project calls it. */
  readonly csrfHeaderName: string;
  /** They were made for an earlier request: the user may have been logged out since. */
  readonly used: boolean;
}

/** Gives credentials; a session is made once a user and used again. */
export interface Senders {
  readonly credentialsOf: (sender: Sender) => Promise<Credentials>;
  /** The server did not accept them, or the rows behind them may be gone. */
  readonly forget: (sender?: Sender) => void;
}

interface HostCsrf {
  readonly csrfCookieName: string | null;
  readonly csrfToken: string;
  readonly csrfHeaderName: string;
}

interface HostSession extends HostCsrf {
  readonly cookieName: string;
  readonly cookieValue: string;
}

/** Asks the host for real sessions: the project's own session engine and user model make them. */
export function createSenders(host: HostService): Senders {
  const known = new Map<string, Promise<Credentials>>();

  const make = async (sender: Sender): Promise<Credentials> => {
    if (sender.kind === 'anonymous') return toCredentials(await host.job<HostCsrf>('users.csrf'));
    const session = await host.job<HostSession>('users.session', { id: sender.id });
    return toCredentials(session, { name: session.cookieName, value: session.cookieValue });
  };
  return {
    credentialsOf: async (sender) => {
      const key = keyOf(sender);
      const earlier = known.get(key);
      if (earlier !== undefined) return { ...(await earlier), used: true };
      const made = make(sender);
      known.set(key, made);
      made.catch(() => known.delete(key));
      return made;
    },
    forget: (sender) => {
      if (sender === undefined) known.clear();
      else known.delete(keyOf(sender));
    },
  };
}

function toCredentials(csrf: HostCsrf, ...cookies: Credentials['cookies']): Credentials {
  const { csrfCookieName, csrfToken, csrfHeaderName } = csrf;
  const csrfCookies = csrfCookieName === null ? [] : [{ name: csrfCookieName, value: csrfToken }];
  return { cookies: [...cookies, ...csrfCookies], csrfToken, csrfHeaderName, used: false };
}

function keyOf(sender: Sender): string {
  return sender.kind === 'user' ? `user:${sender.id}` : sender.kind;
}
