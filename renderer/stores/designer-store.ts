import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FieldInput } from '../../shared/django/operations/parts.ts';
import type { CopiedModels } from '../../shared/django/copied-models.ts';
import type { ModelChanges } from '../../shared/django/model-changes.ts';
import type { ModelFacts, ProjectSnapshot } from '../../shared/django/project-model.ts';

/** A form of the model designer that stands in front of the canvas. */
export type DesignerDialog =
  | { readonly kind: 'add-app' }
  | {
      readonly kind: 'add-model';
      /** The app it belongs to; null: the form asks. */
      readonly app: string | null;
      /** Where it is to stand on the canvas; null: wherever it fits. */
      readonly at: { readonly x: number; readonly y: number } | null;
    }
  | {
      readonly kind: 'add-api';
      /** null: the form asks first. */
      readonly model: string | null;
    }
  | {
      readonly kind: 'model-form';
      readonly form: ModelForm;
      readonly model: string;
      /** The field it is about, for forms of one. */
      readonly field: string | null;
    }
  | {
      readonly kind: 'meta-entry';
      readonly model: string;
      readonly option: 'indexes' | 'constraints';
      /** Which one is changed; null: a new one. */
      readonly index: number | null;
    }
  | { readonly kind: 'rename-app'; readonly app: string }
  | { readonly kind: 'compare' }
  | { readonly kind: 'focus-route' }
  | { readonly kind: 'export-diagram' }
  | {
      readonly kind: 'paste';
      /** The app the copies go to; null: the form asks. */
      readonly app: string | null;
    };

/** The part of the models that is looked at. */
export type CanvasFocus =
  /** What relations lead to in so many steps, in either direction. */
  | { readonly kind: 'around'; readonly models: readonly string[]; readonly hops: number }
  /** All that relations lead to from here (`out`), or that leads here (`in`). */
  | { readonly kind: 'reach'; readonly models: readonly string[]; readonly direction: 'out' | 'in' }
  | { readonly kind: 'app'; readonly app: string }
  /** Every app as one box. */
  | { readonly kind: 'apps' }
  | { readonly kind: 'route'; readonly pattern: string; readonly models: readonly string[] }
  /** What is not as it was in the revision of the comparison. */
  | { readonly kind: 'changes' };

/** A revision of the project beside which the models are shown. */
export interface Comparison {
  /** As it was chosen: `main`, `HEAD~3`. */
  readonly revision: string;
  readonly changes: ModelChanges;
}

/** Forms that change one model or one of its fields. */
export type ModelForm =
  | 'duplicate'
  | 'move'
  | 'bases'
  | 'str'
  | 'absolute-url'
  | 'manager'
  | 'choices'
  | 'extract-choices'
  | 'duplicate-field'
  | 'move-field'
  | 'through'
  | 'inline'
  | 'serializer';

/** A field as far as it was typed, kept while something else is looked at. */
export interface KeptField {
  readonly field: FieldInput;
  /** What the source said when it was begun; another source is another form. */
  readonly base: string;
  /** Stand behind this field; null: behind the last one. */
  readonly after: string | null;
}

/** Something the canvas is to do; a new object for every wish. */
export type CanvasWish =
  | { readonly kind: 'fit' }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'reveal'; readonly model: string }
  | { readonly kind: 'rename' }
  | { readonly kind: 'arrange'; readonly scope: 'all' | 'selection' | 'app' }
  | { readonly kind: 'collapse'; readonly app: string | null; readonly collapsed: boolean }
  | { readonly kind: 'next-match'; readonly step: 1 | -1 };

/** What the inspector shows of the chosen model: the model, one of its fields, or an empty form for a new one. */
export type InspectedField = { readonly kind: 'field'; readonly name: string } | { readonly kind: 'new' };

/** What is chosen and shown in the model designer. */
export interface DesignerState {
  readonly selected: ReadonlySet<string>;
  readonly field: InspectedField | null;
  readonly dialog: DesignerDialog | null;
  readonly wish: CanvasWish | null;
  /** Text of the filter box: models that do not match are dimmed. */
  readonly filter: string;
  readonly edgesHidden: boolean;
  /** Whether models that are not part of the project are shown. */
  readonly outsideShown: boolean;
  readonly focus: CanvasFocus | null;
  /** Whether what is out of focus is still there, dimmed, instead of left out. */
  readonly focusDims: boolean;
  readonly comparison: Comparison | null;
  /** Models that were copied, of this project or another. */
  readonly copied: CopiedModels | null;
  /** Sections of the inspector that are not as they are at first, by their name. */
  readonly sections: Readonly<Record<string, boolean>>;
  /** Fields that are typed and not written, by `draftKey`. */
  readonly drafts: ReadonlyMap<string, KeptField>;
}

/** Shared by canvas, list, inspector and commands of the model designer. */
export interface DesignerStore {
  readonly state: StoreApi<DesignerState>;
  readonly select: (ids: Iterable<string>) => void;
  /** Adds a model to the selection or takes it out. */
  readonly toggle: (id: string) => void;
  /** Chooses a model and a field of it, and brings it into sight. */
  readonly reveal: (model: string, field?: string) => void;
  readonly inspect: (field: InspectedField | null) => void;
  readonly open: (dialog: DesignerDialog) => void;
  readonly close: () => void;
  readonly ask: (wish: CanvasWish) => void;
  readonly setFilter: (filter: string) => void;
  readonly toggleEdges: () => void;
  readonly toggleOutside: () => void;
  readonly setFocus: (focus: CanvasFocus | null) => void;
  readonly setFocusDims: (dims: boolean) => void;
  readonly copy: (models: CopiedModels) => void;
  readonly compareWith: (comparison: Comparison | null) => void;
  readonly openSection: (section: string, open: boolean) => void;
  /** Keeps what is typed of a field; null forgets it. */
  readonly keep: (key: string, draft: KeptField | null) => void;
  /** Takes what is gone out of the selection; what was renamed stays chosen under its new name. */
  readonly follow: (snapshot: ProjectSnapshot, renames: ReadonlyMap<string, string>) => void;
  readonly clear: () => void;
}

const nothing: DesignerState = {
  selected: new Set(),
  field: null,
  dialog: null,
  wish: null,
  filter: '',
  edgesHidden: false,
  outsideShown: true,
  focus: null,
  focusDims: false,
  comparison: null,
  copied: null,
  sections: {},
  drafts: new Map(),
};

/** What the draft of a field is kept by; null is the new field of a model. */
export function draftKey(model: string, field: string | null): string {
  return `${model}/${field ?? '+'}`;
}

/** Makes the store of the model designer. */
export function createDesignerStore(): DesignerStore {
  const state = createStore<DesignerState>(() => nothing);
  return {
    state,
    select: (ids) => {
      state.setState((before) => {
        const selected = new Set(ids);
        return { selected, field: sameOne(before.selected, selected) ? before.field : null };
      });
    },
    toggle: (id) => {
      state.setState(({ selected }) => {
        const next = new Set(selected);
        if (!next.delete(id)) next.add(id);
        return { selected: next, field: null };
      });
    },
    reveal: (model, field) => {
      state.setState({
        selected: new Set([model]),
        field: field === undefined ? null : { kind: 'field', name: field },
        wish: { kind: 'reveal', model },
      });
    },
    inspect: (field) => {
      state.setState({ field });
    },
    open: (dialog) => {
      state.setState({ dialog });
    },
    close: () => {
      state.setState({ dialog: null });
    },
    ask: (wish) => {
      state.setState({ wish });
    },
    setFilter: (filter) => {
      state.setState({ filter });
    },
    toggleEdges: () => {
      state.setState(({ edgesHidden }) => ({ edgesHidden: !edgesHidden }));
    },
    toggleOutside: () => {
      state.setState(({ outsideShown }) => ({ outsideShown: !outsideShown }));
    },
    setFocus: (focus) => {
      state.setState({ focus });
    },
    setFocusDims: (focusDims) => {
      state.setState({ focusDims });
    },
    copy: (copied) => {
      state.setState({ copied });
    },
    compareWith: (comparison) => {
      state.setState(({ focus }) => ({
        comparison,
        focus: comparison === null && focus?.kind === 'changes' ? null : focus,
      }));
    },
    openSection: (section, open) => {
      state.setState(({ sections }) => ({ sections: { ...sections, [section]: open } }));
    },
    keep: (key, draft) => {
      state.setState(({ drafts }) => {
        const next = new Map(drafts);
        if (draft === null) next.delete(key);
        else next.set(key, draft);
        return { drafts: next };
      });
    },
    follow: (snapshot, renames) => {
      state.setState((before) => following(before, snapshot, renames));
    },
    clear: () => {
      // What was copied may be meant for the next project.
      state.setState(({ copied }) => ({ ...nothing, copied }));
    },
  };
}

/** The one model that is chosen; null with none or several. */
export function chosenModel(
  { selected }: Pick<DesignerState, 'selected'>,
  snapshot: ProjectSnapshot | null,
): ModelFacts | null {
  const [id] = selected;
  if (selected.size !== 1 || id === undefined) return null;
  return snapshot?.models.find((model) => model.id === id) ?? null;
}

function following(
  before: DesignerState,
  snapshot: ProjectSnapshot,
  renames: ReadonlyMap<string, string>,
): Partial<DesignerState> {
  const known = new Set(snapshot.models.map((model) => model.id));
  const targets = new Set(
    snapshot.models.flatMap((model) => model.fields.map((field) => field.relation?.target)),
  );
  const selected = [...before.selected]
    .map((id) => renames.get(id) ?? id)
    .filter((id) => known.has(id) || targets.has(id));
  const next = new Set(selected);
  const unchanged = next.size === before.selected.size && selected.every((id) => before.selected.has(id));
  const model = chosenModel({ selected: next }, snapshot);
  const { field } = before;
  const fieldGone =
    field?.kind === 'field' && model?.fields.every((candidate) => candidate.name !== field.name) !== false;
  return {
    ...(unchanged ? {} : { selected: next }),
    ...(fieldGone || model === null ? { field: null } : {}),
  };
}

function sameOne(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [one] = a;
  return a.size === 1 && b.size === 1 && one !== undefined && b.has(one);
}
