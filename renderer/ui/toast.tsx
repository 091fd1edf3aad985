import { Toast as BaseToast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import './toast.css';

/** A message that comes by itself and goes by itself, unless it tells of a problem. */
export interface ToastMessage {
  readonly kind: 'done' | 'info' | 'problem';
  readonly title: string;
  readonly description?: string | undefined;
  readonly action?: { readonly label: string; readonly onChoose: () => void } | undefined;
}

/** Through which messages reach the window from outside of React. */
export interface ToastManager {
  readonly manager: ReturnType<typeof BaseToast.createToastManager<ToastData>>;
  readonly show: (message: ToastMessage) => void;
}

interface ToastData {
  readonly message: ToastMessage;
}

/** Makes the list of messages; one a window. */
export function createToasts(): ToastManager {
  const manager = BaseToast.createToastManager<ToastData>();
  return {
    manager,
    show: (message) => {
      manager.add({
        title: message.title,
        description: message.description,
        type: message.kind,
        priority: message.kind === 'problem' ? 'high' : 'low',
        // A problem stays until it was read.
        timeout: message.kind === 'problem' ? 0 : 5000,
        data: { message },
      });
    },
  };
}

const icons = { done: CircleCheck, info: Info, problem: CircleAlert };

/** Where the messages appear. */
export function Toasts({
  toasts,
  children,
}: {
  readonly toasts: ToastManager;
  readonly children: ReactNode;
}) {
  return (
    <BaseToast.Provider toastManager={toasts.manager} limit={4}>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport className="toast-viewport">
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}

function ToastList() {
  const { toasts, close } = BaseToast.useToastManager<ToastData>();
  return toasts.map((toast) => {
    const message = toast.data?.message;
    const Icon = icons[message?.kind ?? 'info'];
    return (
      <BaseToast.Root key={toast.id} toast={toast} className="toast" swipeDirection={[]}>
        <BaseToast.Content className="toast-content">
          <Icon size={15} aria-hidden />
          <BaseToast.Title className="toast-title" />
          <IconButton
            icon={X}
            label="Dismiss"
            onClick={() => {
              close(toast.id);
            }}
          />
          <BaseToast.Description className="toast-description" />
          {message?.action !== undefined && (
            <div className="toast-actions">
              <Button
                small
                onClick={() => {
                  message.action?.onChoose();
                  close(toast.id);
                }}
              >
                {message.action.label}
              </Button>
            </div>
          )}
        </BaseToast.Content>
      </BaseToast.Root>
    );
  });
}
