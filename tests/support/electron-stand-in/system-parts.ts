type MenuItem = Readonly<Record<string, unknown>> & {
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly submenu?: readonly MenuItem[];
  readonly click?: () => void;
};

type PermissionHandler = (
  contents: unknown,
  permission: string,
  decide: (granted: boolean) => void,
  details: { requestingUrl: string },
) => void;
type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean;

/** What the application did to the world outside its windows, and what a test decided for the user. */
export const recorded = {
  external: [] as string[],
  errors: [] as { title: string; content: string }[],
  dialogs: [] as unknown[],
  dialogAnswers: [] as string[][],
  menu: [] as readonly MenuItem[],
  permissionRequest: null as PermissionHandler | null,
  permissionCheck: null as PermissionCheck | null,
  devicePermission: null as (() => boolean) | null,
};

/** Electron's `Menu`: an item needs a label, a role or a submenu, as Electron demands. */
export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]): readonly MenuItem[] => {
    for (const item of template) {
      if (item.label === undefined && item.role === undefined && item.type !== 'separator') {
        throw new TypeError('Invalid template for MenuItem: must have label, role or type');
      }
      if (item.submenu !== undefined) Menu.buildFromTemplate(item.submenu);
    }
    return template;
  },
  setApplicationMenu: (menu: readonly MenuItem[]): void => {
    recorded.menu = menu;
  },
};

/** Electron's `shell`. */
export const shell = {
  openExternal: (url: string): Promise<void> => {
    recorded.external.push(url);
    return Promise.resolve();
  },
};

/** Electron's `dialog`: the next answer is what the test gave; none means that the user cancelled. */
export const dialog = {
  showOpenDialog: (...given: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> => {
    recorded.dialogs.push(given.at(-1));
    const filePaths = recorded.dialogAnswers.shift() ?? [];
    return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
  },
  showErrorBox: (title: string, content: string): void => {
    recorded.errors.push({ title, content });
    console.error(`${title}: ${content}`);
  },
};

/** Electron's `session`. */
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: PermissionHandler): void => {
      recorded.permissionRequest = handler;
    },
    setPermissionCheckHandler: (handler: PermissionCheck): void => {
      recorded.permissionCheck = handler;
    },
    setDevicePermissionHandler: (handler: () => boolean): void => {
      recorded.devicePermission = handler;
    },
  },
};

/** Electron's `nativeTheme`. */
export const nativeTheme = { shouldUseDarkColors: false };

const area = { x: 0, y: 0, width: 1920, height: 1080 };

/** Electron's `screen`: one of them. */
export const screen = { getAllDisplays: () => [{ workArea: area, bounds: area }] };

/** Clicks an item of the menu bar by its id. */
export function clickMenu(id: string, items: readonly MenuItem[] = recorded.menu): boolean {
  return items.some((item) => {
    if (item['id'] === id) item.click?.();
    return item['id'] === id || clickMenu(id, item.submenu ?? []);
  });
}
