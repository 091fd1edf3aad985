import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import type { RowFilter } from '../../../shared/contract/database-filter.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import {
  addTest,
  draftOf,
  filterOf,
  OPERATORS,
  operatorsFor,
  removeTest,
  takesValue,
  withTest,
  type FilterDraft,
  type TestDraft,
} from './filter-draft.ts';

interface FilterBarProps {
  readonly table: DatabaseTable;
  readonly filter: RowFilter | null;
  readonly onFilter: (filter: RowFilter | null) => void;
  readonly onClose: () => void;
}

/** Which rows are shown: comparisons of columns in groups; applied by Enter or the button. */
export function FilterBar({ table, filter, onFilter, onClose }: FilterBarProps) {
  const [draft, setDraft] = useState<FilterDraft>(() => draftOf(filter, table));
  const apply = (): void => {
    onFilter(filterOf(draft, table));
  };
  return (
    <form
      className="filter-bar"
      aria-label="Filter"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      {draft.groups.map((group, place) => (
        <fieldset key={group.id} className="filter-group">
          {place > 0 && (
            <Match
              label="Between the groups"
              value={draft.match}
              onChange={(match) => {
                setDraft({ ...draft, match });
              }}
            />
          )}
          <div className="filter-tests">
            {group.tests.map((test, index) => (
              <div key={test.id} className="filter-test">
                {index === 0 ? (
                  <span className="filter-word">Where</span>
                ) : (
                  <Match
                    label="Between the tests"
                    value={group.match}
                    onChange={(match) => {
                      const groups = draft.groups.map((each) => (each === group ? { ...each, match } : each));
                      setDraft({ ...draft, groups });
                    }}
                  />
                )}
                <TestFields
                  {...{ table, test }}
                  onChange={(next) => {
                    setDraft(withTest(draft, test.id, next));
                  }}
                />
                <IconButton
                  icon={X}
                  label="Remove this test"
                  onClick={() => {
                    const next = removeTest(draft, test.id);
                    if (next.groups.length === 0) {
                      onFilter(null);
                      onClose();
                    } else setDraft(next);
                  }}
                />
              </div>
            ))}
          </div>
          <IconButton
            icon={Plus}
            label="Add a test to this group"
            onClick={() => {
              setDraft(addTest(draft, table, group.id));
            }}
          />
        </fieldset>
      ))}
      <div className="filter-actions">
        <Button
          small
          kind="quiet"
          onClick={() => {
            setDraft(addTest(draft, table, null));
          }}
        >
          Add a group
        </Button>
        <Button
          small
          onClick={() => {
            onFilter(null);
            onClose();
          }}
        >
          Show all rows
        </Button>
        <Button small kind="primary" onClick={apply}>
          Filter
        </Button>
      </div>
    </form>
  );
}

interface MatchProps {
  readonly label: string;
  readonly value: 'all' | 'any';
  readonly onChange: (match: 'all' | 'any') => void;
}

function Match({ label, value, onChange }: MatchProps) {
  return (
    <Segmented
      label={label}
      value={value}
      onChange={onChange}
      choices={[
        { value: 'all', label: 'and' },
        { value: 'any', label: 'or' },
      ]}
    />
  );
}

interface TestFieldsProps {
  readonly table: DatabaseTable;
  readonly test: TestDraft;
  readonly onChange: (test: TestDraft) => void;
}

function TestFields({ table, test, onChange }: TestFieldsProps) {
  const operators = operatorsFor(table, test.column);
  return (
    <>
      <Select
        small
        label="Column"
        value={test.column}
        onChange={(column) => {
          const allowed = operatorsFor(table, column);
          const operator = allowed.includes(test.operator) ? test.operator : (allowed[0] ?? 'equal');
          onChange({ ...test, column, operator });
        }}
        choices={table.columns.map(({ name, type }) => ({
          ...{ value: name, label: name },
          detail: type.toLowerCase(),
        }))}
      />
      <Select
        small
        label="Comparison"
        value={test.operator}
        onChange={(operator) => {
          onChange({ ...test, operator });
        }}
        choices={operators.map((operator) => ({ value: operator, label: OPERATORS[operator] }))}
      />
      {takesValue(test.operator) && (
        <TextField
          code
          aria-label="Value"
          placeholder={test.operator === 'one-of' ? '1, 2, 3' : ''}
          value={test.text}
          onChange={(text) => {
            onChange({ ...test, text });
          }}
        />
      )}
      {test.operator === 'between' && (
        <TextField
          code
          aria-label="Second value"
          value={test.second}
          onChange={(second) => {
            onChange({ ...test, second });
          }}
        />
      )}
    </>
  );
}
