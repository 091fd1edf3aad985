import '@xyflow/react/dist/style.css';
import { Handle, Position, ReactFlow, type Edge, type Node, type ReactFlowInstance } from '@xyflow/react';
import { memo } from 'react';
import { createRoot } from 'react-dom/client';
import { createScene, type SceneNode } from '../../../renderer/features/models/canvas/scene.ts';
import { layoutInputOf, layoutScene } from '../../../renderer/features/models/canvas/layout.ts';
import { makeSnapshot, type SceneSize } from '../../support/model-scenes.ts';
import type { CanvasFigures } from './page.ts';
import { fpsOf, nextFrame, panStep, zoomStep, type Step } from './frames.ts';

declare global {
  interface Window {
    measureReactFlow: (size: SceneSize) => Promise<CanvasFigures>;
  }
}

type ModelNode = Node<{ readonly node: SceneNode }, 'model'>;

// As its documentation advises for many nodes: memoized nodes, and only what is in the window is rendered.
const Model = memo(function Model({ data }: { readonly data: ModelNode['data'] }) {
  const { node } = data;
  const row = { display: 'flex', justifyContent: 'space-between', height: 22, padding: '0 12px' } as const;
  return (
    <div
      style={{
        ...node.size,
        border: '1px solid #999',
        borderRadius: 7,
        background: '#fff',
        font: '12px sans-serif',
      }}
    >
      <Handle type="target" position={Position.Left} />
      <div style={{ height: 34, padding: '0 12px', fontWeight: 600 }}>{node.name}</div>
      {node.rows.map((each) => (
        <div key={each.name} style={row}>
          <span>{each.name}</span>
          <span>{each.type}</span>
        </div>
      ))}
      <Handle type="source" position={Position.Right} />
    </div>
  );
});
const nodeTypes = { model: Model };

const host = document.querySelector<HTMLElement>('#host');
if (host === null) throw new Error('The page lacks its host.');

window.measureReactFlow = async (size) => {
  const scene = createScene(makeSnapshot(size));
  const started = performance.now();
  const positions = layoutScene(layoutInputOf(scene));
  const layoutMs = performance.now() - started;
  const nodes: ModelNode[] = scene.nodes.map((node) => ({
    id: node.id,
    type: 'model',
    position: positions[node.id] ?? { x: 0, y: 0 },
    data: { node },
    ...node.size,
  }));
  const edges: Edge[] = scene.edges.map(({ id, source, target }) => ({ id, source, target }));
  const root = createRoot(host);
  const shown = performance.now();
  const flow = await new Promise<ReactFlowInstance<ModelNode>>((resolve) => {
    root.render(
      <ReactFlow
        defaultNodes={nodes}
        defaultEdges={edges}
        nodeTypes={nodeTypes}
        onInit={resolve}
        onlyRenderVisibleElements
        minZoom={0.02}
        fitView
      />,
    );
  });
  await nextFrame();
  await nextFrame();
  const firstPictureMs = performance.now() - shown;
  const bounds = flow.getNodesBounds(nodes);
  const middle = { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
  const look = ({ x, y, zoom }: Step): void => {
    void flow.setViewport({ x: innerWidth / 2 - x * zoom, y: innerHeight / 2 - y * zoom, zoom });
  };
  const fps: Record<string, number> = {};
  const slowestFrameMs: Record<string, number> = {};
  const measure = async (name: string, step: (at: number) => Step): Promise<void> => {
    look(step(0));
    await nextFrame();
    [fps[name], slowestFrameMs[name]] = await fpsOf((at) => {
      look(step(at));
    });
  };
  for (const zoom of [1, 0.3, 0.1]) await measure(`pan at ${String(zoom)}`, panStep(middle, zoom));
  await measure('zoom 0.05 to 1.5', zoomStep(middle));
  look({ ...middle, zoom: 1 });
  await nextFrame();
  const selectionMs = await slowestSelection(flow);
  root.unmount();
  const rounded = { layoutMs: Math.round(layoutMs), firstPictureMs: Math.round(firstPictureMs) };
  return { ...rounded, hoverMs: 0, selectionMs, fps, slowestFrameMs };
};

async function slowestSelection(flow: ReactFlowInstance<ModelNode>): Promise<number> {
  let slowest = 0;
  const shown = [...document.querySelectorAll<HTMLElement>('.react-flow__node')].slice(0, 10);
  for (const { dataset } of shown) {
    const start = performance.now();
    flow.setNodes((all) => all.map((node) => ({ ...node, selected: node.id === dataset['id'] })));
    await nextFrame();
    await nextFrame();
    slowest = Math.max(slowest, performance.now() - start);
  }
  return Math.round(slowest);
}
