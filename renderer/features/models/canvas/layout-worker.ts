import type { LayoutInput, Positions } from './layout.ts';
import { placeNew } from './placement.ts';

/** What the window asks of the layout worker. */
export interface LayoutRequest {
  readonly id: number;
  readonly input: LayoutInput;
  readonly placed: Positions;
  readonly wanted: Positions;
}

/** What the layout worker answers. */
export interface LayoutAnswer {
  readonly id: number;
  readonly positions: Positions;
}

/** The part of a worker's global that is used here; the window's types do not know it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<LayoutRequest>) => void) | null;
  readonly postMessage: (answer: LayoutAnswer) => void;
}

const scope = self as unknown as WorkerScope;
scope.onmessage = ({ data }) => {
  scope.postMessage({ id: data.id, positions: placeNew(data.input, data.placed, data.wanted) });
};
