import type { Operation } from '../operations.ts';

/** What an operation does, for menus, the history and the title of its plan. */
export function describeOperation(operation: Operation): string {
  switch (operation.kind) {
    case 'app.add':
      return `Add app ${operation.name}`;
    case 'model.add':
      return `Add model ${operation.app}.${operation.name}`;
    case 'model.rename':
      return `Rename model ${operation.model} to ${operation.name}`;
    case 'model.remove':
      return `Remove model ${operation.model}`;
    case 'field.add':
      return `Add field ${operation.field.name} to ${operation.model}`;
    case 'field.change':
      return `Change field ${operation.field} of ${operation.model}`;
    case 'field.rename':
      return `Rename field ${operation.field} of ${operation.model} to ${operation.name}`;
    case 'field.remove':
      return `Remove field ${operation.field} of ${operation.model}`;
    case 'api.add':
      return `Add an API for ${operation.model} at /api/${operation.path}/`;
    case 'route.add':
      return `Add route ${operation.name} to ${operation.app}`;
  }
}
