import { createStore, type StoreApi } from 'zustand/vanilla';

/** The pages of the project's own view. */
export type ProjectPage = 'settings' | 'packages';

/** A form that stands in front of them. */
export type ProjectDialog =
  | { readonly kind: 'add-package' }
  | { readonly kind: 'pin-package'; readonly name: string; readonly specifier: string }
  | { readonly kind: 'from-environment'; readonly setting: string; readonly code: string };

/** What of the project's settings and packages is shown and asked. */
export interface ProjectState {
  readonly page: ProjectPage;
  readonly dialog: ProjectDialog | null;
}

/** Shared by the pages of the project and the commands about them. */
export interface ProjectStore {
  readonly state: StoreApi<ProjectState>;
  readonly show: (page: ProjectPage) => void;
  readonly open: (dialog: ProjectDialog) => void;
  readonly close: () => void;
  readonly clear: () => void;
}

const nothing: ProjectState = { page: 'settings', dialog: null };

/** Makes the store of the project's own view. */
export function createProjectStore(): ProjectStore {
  const state = createStore<ProjectState>(() => nothing);
  return {
    state,
    show: (page) => {
      state.setState({ page });
    },
    open: (dialog) => {
      state.setState({ dialog });
    },
    close: () => {
      state.setState({ dialog: null });
    },
    clear: () => {
      state.setState(nothing);
    },
  };
}
