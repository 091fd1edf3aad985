import { beforeEach, expect, test } from 'vitest';
import type { Notice } from '../../../../renderer/stores/notices.ts';
import { createPlanStore, type PlanStore } from '../../../../renderer/stores/plan-store.ts';
import { Failure } from '../../../../shared/contract/failure.ts';
import type { Operation } from '../../../../shared/django/operations.ts';
import type { Plan } from '../../../../shared/django/plan/plan.ts';
import { createFakeApi, type FakeApi } from './fake-api.ts';

const operation: Operation = { kind: 'app.add', name: 'shop' };
const plan: Plan = {
  id: 'p1',
  title: 'Add app shop',
  files: [{ path: 'shop/models.py', kind: 'create', baseHash: null, after: '', hunks: [] }],
  notes: [],
  packages: [],
  folderMoves: [],
  folderRemovals: [],
  uncertain: [],
};

let api: FakeApi;
let planned: Plan;
let asks: boolean;
let trusted: boolean;
let notices: Notice[];
let store: PlanStore;

beforeEach(() => {
  planned = plan;
  asks = true;
  trusted = true;
  notices = [];
  api = createFakeApi({
    'source.plan': () => planned,
    'source.apply': () => planned,
    'python.installRequirements': () => ({ jobId: 'j' }),
  });
  store = createPlanStore({
    api,
    notify: (notice) => notices.push(notice),
    confirmChanges: () => asks,
    canInstall: () => trusted,
    undo: () => undefined,
  });
});

const shown = async () => {
  const answer = store.propose(operation);
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  return { answer, pending: store.state.getState().pending };
};

test('a change is shown, then written, and can be undone from its message', async () => {
  const { answer, pending } = await shown();
  expect(pending?.plan).toBe(plan);
  expect(api.called).toEqual(['source.plan']);
  await store.confirm();
  expect(await answer).toBe(plan);
  expect(store.state.getState().pending).toBeNull();
  expect(notices[0]).toMatchObject({ kind: 'done', title: 'Add app shop', action: { label: 'Undo' } });
});

test('a change that is let be writes nothing', async () => {
  const { answer } = await shown();
  store.cancel();
  expect(await answer).toBeNull();
  expect(api.called).toEqual(['source.plan']);
});

test('without the question it is written at once', async () => {
  asks = false;
  expect(await store.propose(operation)).toBe(plan);
  expect(api.called).toEqual(['source.plan', 'source.apply']);
});

test('packages are always asked for, and installed where the project is trusted', async () => {
  asks = false;
  planned = { ...plan, packages: ['djangorestframework'] };
  const { pending } = await shown();
  expect(pending?.install).toBe(true);
  await store.confirm();
  expect(api.called).toEqual(['source.plan', 'source.apply', 'python.installRequirements']);
});

test('nothing is installed in a project that is not trusted', async () => {
  trusted = false;
  planned = { ...plan, packages: ['djangorestframework'] };
  const { pending } = await shown();
  expect(pending?.install).toBe(false);
  await store.confirm();
  expect(api.called).not.toContain('python.installRequirements');
});

test('a failure keeps the change in sight and says why; it can be tried again', async () => {
  const { answer } = await shown();
  api.answers['source.apply'] = () => {
    throw new Failure('changed-outside', 'shop/models.py is another one by now.');
  };
  await store.confirm();
  expect(store.state.getState().pending).toMatchObject({
    phase: 'shown',
    failure: { message: 'shop/models.py is another one by now.' },
  });
  api.answers['source.apply'] = () => plan;
  await store.confirm();
  expect(await answer).toBe(plan);
});

test('a plan that is old by now gives way to the one of now', async () => {
  await shown();
  const now = { ...plan, id: 'of now' };
  api.answers['source.apply'] = () => {
    throw new Failure('changed-outside', 'The source has changed.', { plan: now });
  };
  await store.confirm();
  expect(store.state.getState().pending).toMatchObject({ phase: 'shown', plan: { id: 'of now' } });
  api.answers['source.apply'] = ({ planId }) => ({ ...plan, id: planId });
  await store.confirm();
  expect(store.state.getState().pending).toBeNull();
});

test('a plan that can’t be made is the form’s to tell', async () => {
  api.answers['source.plan'] = () => {
    throw new Failure('refused', 'The name is taken.');
  };
  await expect(store.propose(operation)).rejects.toThrow('The name is taken.');
  expect(notices).toEqual([]);
});

test('a plan without a change is told and not shown', async () => {
  planned = { ...plan, files: [] };
  expect(await store.propose(operation)).toBeNull();
  expect(notices[0]?.title).toBe('Nothing to change');
});

test('another proposal takes the place of the first', async () => {
  const first = await shown();
  await shown();
  expect(await first.answer).toBeNull();
});

const use = (id: string, accepted: boolean) => ({
  id,
  path: 'shop/admin.py',
  line: 3,
  text: "ordering = ['title']",
  why: 'a string names title',
  does: 'writes heading',
  accepted,
});

test('ticking an uncertain use plans the change anew, and exactly that is written', async () => {
  planned = { ...plan, uncertain: [use('a', false), use('b', false)] };
  const { answer } = await shown();
  const withA = { ...planned, id: 'p2', uncertain: [use('a', true), use('b', false)] };
  const asked: unknown[] = [];
  api.answers['source.plan'] = ({ accepted }) => {
    asked.push(accepted);
    return withA;
  };
  api.answers['source.apply'] = ({ accepted, planId }) => {
    asked.push([planId, accepted]);
    return withA;
  };
  await store.accept(['a']);
  expect(store.state.getState().pending).toMatchObject({ plan: { id: 'p2' }, phase: 'shown' });
  await store.confirm();
  expect(await answer).toBe(withA);
  expect(asked).toEqual([['a'], ['p2', ['a']]]);
});

test('of two quick ticks the last one holds, whichever plan is made first', async () => {
  planned = { ...plan, uncertain: [use('a', false), use('b', false)] };
  await shown();
  const answers: ((made: Plan) => void)[] = [];
  api.answers['source.plan'] = () => new Promise<Plan>((resolve) => answers.push(resolve));
  const first = store.accept(['a']);
  const second = store.accept(['a', 'b']);
  await Promise.resolve();
  await Promise.resolve();
  answers[1]?.({ ...planned, id: 'both' });
  answers[0]?.({ ...planned, id: 'one' });
  await Promise.all([first, second]);
  expect(store.state.getState().pending?.plan.id).toBe('both');
});

test('a tick that can’t be planned is taken back and says why', async () => {
  planned = { ...plan, uncertain: [use('a', false)] };
  await shown();
  api.answers['source.plan'] = () => {
    throw new Failure('conflict', 'Two changes meet.');
  };
  await store.accept(['a']);
  const { pending } = store.state.getState();
  expect(pending?.failure?.message).toBe('Two changes meet.');
  expect([...(pending?.accepted ?? [])]).toEqual([]);
});

test('what is uncertain is asked even where changes are not', async () => {
  asks = false;
  planned = { ...plan, uncertain: [use('a', false)] };
  const { pending } = await shown();
  expect(pending?.phase).toBe('shown');
});

test('a change that only waits for ticks is not written without one', async () => {
  planned = { ...plan, files: [], uncertain: [use('a', false)] };
  await shown();
  await store.confirm();
  expect(api.called).not.toContain('source.apply');
});

test('a change that was set aside is planned again when it comes back', async () => {
  await shown();
  store.setAside();
  expect(store.state.getState().pending?.phase).toBe('aside');
  planned = { ...plan, id: 'later' };
  await store.resume();
  expect(store.state.getState().pending).toMatchObject({ phase: 'shown', plan: { id: 'later' } });
});
