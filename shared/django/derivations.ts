/** A function of files whose results are kept until a file that they were made from changes. */
export type Derived<A, B, T> = (first: A, second: B) => T;

/** Something that comes from outside: whoever makes a value of it says `read`, whoever changes it `change`. */
export interface Input {
  readonly read: () => void;
  readonly change: () => void;
}

/**
 * Keeps what was made from the files, and makes again only what a change reaches: every value knows which
 * inputs and which other values it was made from. A value that comes out the same as before ends the
 * search there, so a comment in a file that all others import costs that file alone.
 */
export interface Derivations {
  readonly input: () => Input;
  /**
   * `make` must be pure and must not come to ask for its own value. An object may be the second argument where it
   * belongs to one first argument alone.
   */
  readonly derive: <T, A = void, B = void>(make: Derived<A, B, T>) => Derived<A, B, T>;
  /** Whether an input was read, also by values that are still right, since the last change of any input. */
  readonly isInUse: (input: Input) => boolean;
  /** Forgets values that nobody has asked for during many changes. */
  readonly forgetUnused: () => void;
}

interface Cell {
  /** What makes it of its arguments, which a function for each cell would keep in more memory; null for an input. */
  readonly make: Derived<unknown, unknown, unknown> | null;
  readonly first: unknown;
  readonly second: unknown;
  value: unknown;
  sources: readonly Cell[];
  /** The revision in which it became another value. */
  changedAt: number;
  /** The last revision in which it was known to be right; 0 before it was made. */
  checkedAt: number;
}

const KEPT_REVISIONS = 100;

/** Makes an empty memory; the values of one must not be made from those of another. */
export function createDerivations(): Derivations {
  const tables: CellTable[] = [];
  const cellsOfInputs = new WeakMap<Input, Cell>();
  let revision = 1;
  let sweptAt = 1;
  /** What the value that is being made was made from so far. */
  let sources: Set<Cell> | null = null;

  const refresh = (cell: Cell): void => {
    if (cell.checkedAt === revision) return;
    if (cell.make !== null && isOld(cell)) remake(cell, cell.make);
    cell.checkedAt = revision;
  };
  const isOld = (cell: Cell): boolean =>
    cell.checkedAt === 0 ||
    cell.sources.some((source) => {
      refresh(source);
      return source.changedAt > cell.checkedAt;
    });
  const remake = (cell: Cell, make: Derived<unknown, unknown, unknown>): void => {
    const outer = sources;
    const own = new Set<Cell>();
    sources = own;
    try {
      const value = make(cell.first, cell.second);
      if (cell.checkedAt === 0 || !isSame(cell.value, value)) {
        cell.value = value;
        cell.changedAt = revision;
      }
    } finally {
      sources = outer;
    }
    cell.sources = own.size === 0 ? NONE : [...own];
  };
  const read = (cell: Cell): unknown => {
    refresh(cell);
    sources?.add(cell);
    return cell.value;
  };

  return {
    input: () => {
      const cell = makeCell(null, undefined, undefined);
      const input: Input = {
        read: () => void read(cell),
        change: () => {
          revision += 1;
          cell.changedAt = revision;
        },
      };
      cellsOfInputs.set(input, cell);
      return input;
    },
    derive: <T, A, B>(make: Derived<A, B, T>): Derived<A, B, T> => {
      const table = new CellTable(make as Derived<unknown, unknown, unknown>);
      tables.push(table);
      return (first, second) => read(table.get(first, second) ?? table.add(first, second)) as T;
    },
    isInUse: (input) => cellsOfInputs.get(input)?.checkedAt === revision,
    forgetUnused: () => {
      if (revision - sweptAt < KEPT_REVISIONS) return;
      for (const table of tables) table.forgetBefore(sweptAt);
      sweptAt = revision;
    },
  };
}

const NONE: readonly Cell[] = [];

function makeCell(make: Cell['make'], first: unknown, second: unknown): Cell {
  return { make, first, second, value: undefined, sources: NONE, changedAt: 0, checkedAt: 0 };
}

/** The cells of one derived function by its arguments; those of an object go with the object. */
class CellTable {
  private readonly byValue = new Map<unknown, Map<unknown, Cell>>();
  private readonly byObject = new WeakMap<object, Cell>();
  private readonly make: Derived<unknown, unknown, unknown>;

  constructor(make: Derived<unknown, unknown, unknown>) {
    this.make = make;
  }

  get(first: unknown, second: unknown): Cell | undefined {
    return isObject(second) ? this.byObject.get(second) : this.byValue.get(first)?.get(second);
  }

  add(first: unknown, second: unknown): Cell {
    const cell = makeCell(this.make, first, second);
    if (isObject(second)) {
      this.byObject.set(second, cell);
      return cell;
    }
    const row = this.byValue.get(first) ?? new Map<unknown, Cell>();
    this.byValue.set(first, row.set(second, cell));
    return cell;
  }

  forgetBefore(revision: number): void {
    for (const [first, row] of this.byValue) {
      for (const [second, cell] of row) if (cell.checkedAt < revision) row.delete(second);
      if (row.size === 0) this.byValue.delete(first);
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether two values of plain data say the same; any other object is only the same as itself. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => isSame(item, other[at]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype;
}
