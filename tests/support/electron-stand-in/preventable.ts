import type { EventEmitter } from 'node:events';

/** Emits an event whose listeners may forbid what it tells of; gives whether one did. */
export function isPrevented(emitter: EventEmitter, name: string, details: object = {}): boolean {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  emitter.emit(name, event);
  return event.defaultPrevented;
}
