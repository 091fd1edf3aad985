import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { BRIDGE_NAME, EVENT_CHANNEL, REQUEST_CHANNEL, type Bridge } from '../shared/contract/bridge.ts';
import type { EventMessage } from '../shared/contract/contract.ts';
import type { Reply } from '../shared/contract/failure.ts';

// The page gets these two functions and nothing else: no channel names, no event objects.
const bridge: Bridge = {
  request: (name, input) => ipcRenderer.invoke(REQUEST_CHANNEL, name, input) as Promise<Reply<unknown>>,
  subscribe: (listener) => {
    const hear = (_event: IpcRendererEvent, message: EventMessage): void => listener(message);
    ipcRenderer.on(EVENT_CHANNEL, hear);
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, hear);
    };
  },
};

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
