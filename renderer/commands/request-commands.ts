import { draftProblem } from '../stores/request-draft.ts';
import { withTrust, type Command } from './command.ts';

/** Sends the request that is being written. */
export const sendRequest: Command = {
  id: 'requests.send',
  enabled: (studio) => {
    const { draft, sending } = studio.requests.state.getState();
    return (
      withTrust(studio) &&
      studio.shell.state.getState().view === 'requests' &&
      studio.server.state.getState().status.state !== 'stopped' &&
      !sending &&
      draftProblem(draft) === null
    );
  },
  run: ({ requests }) => requests.send(),
};
