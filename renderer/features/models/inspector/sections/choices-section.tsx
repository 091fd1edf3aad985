import { ListTree, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ChoiceMemberFacts, ChoicesFacts } from '../../../../../shared/django/component-model.ts';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { ModelFacts, ProjectSnapshot } from '../../../../../shared/django/project-model.ts';
import { readChoices } from '../../../../fields/choices-code.ts';
import { useStudio } from '../../../../stores/studio-context.tsx';
import { ProposalProblem } from '../../../../fields/proposal-problem.tsx';
import { useProposal } from '../../../../stores/use-proposal.ts';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { OrderedList } from '../../../../ui/ordered-list.tsx';
import { InspectorSection } from '../inspector-section.tsx';
import { ChoiceMemberForm } from './choice-member-form.tsx';
import { RenameForm } from '../rename-form.tsx';

interface ChoicesSectionProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
}

/** The choices classes of a model with their members, and the plain lists that could become one. */
export function ChoicesSection({ snapshot, model }: ChoicesSectionProps) {
  const { designer } = useStudio();
  const classes = snapshot.choices.filter((each) => each.model === model.id);
  const lists = model.fields.filter(
    ({ options, inheritedFrom }) =>
      inheritedFrom === null &&
      options.some(
        ({ name, code }) =>
          name === 'choices' && (readChoices(code) !== null || /^[A-Z][A-Z0-9_]*$/.test(code)),
      ),
  );
  const open = (form: 'choices' | 'extract-choices', field: string | null): void => {
    designer.open({ kind: 'model-form', form, model: model.id, field });
  };
  return (
    <InspectorSection title="Choices" count={classes.length}>
      {classes.map((choices) => (
        <ChoicesClass key={choices.name} choices={choices} />
      ))}
      {!model.stale && (
        <div className="inspector-actions">
          <Button
            small
            icon={Plus}
            onClick={() => {
              open('choices', null);
            }}
          >
            Choices…
          </Button>
          {lists.map(({ name }) => (
            <Button
              key={name}
              small
              icon={ListTree}
              onClick={() => {
                open('extract-choices', name);
              }}
            >
              Class for {name}…
            </Button>
          ))}
        </div>
      )}
    </InspectorSection>
  );
}

type Editing =
  | { readonly kind: 'name' }
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'new' }
  | null;

/** One class: its members as lines of name, value and label. */
function ChoicesClass({ choices }: { readonly choices: ChoicesFacts }) {
  const proposal = useProposal();
  const { propose, clear } = proposal;
  const [editing, setEditing] = useState<Editing>(null);
  const reference = referenceOf(choices);
  const end = (): void => {
    setEditing(null);
    clear();
  };
  const send = (operations: readonly Operation[]): void => {
    if (operations.length === 0) end();
    else
      void propose(operations).then((written) => {
        if (written) end();
      });
  };
  return (
    <section className="choices-class" aria-label={`Choices ${choices.name}`}>
      <ChoicesHead
        choices={choices}
        renaming={editing?.kind === 'name'}
        onEdit={setEditing}
        onRename={(name) => {
          send([{ kind: 'choices.rename', choices: reference, name }]);
        }}
        onCancel={end}
      />
      <ProposalProblem of={proposal} />
      <OrderedList
        label={`Members of ${choices.name}`}
        disabled={choices.stale}
        onMove={(member, after) => {
          send([{ kind: 'choices.reorderMember', choices: reference, member, after }]);
        }}
        items={choices.members.map((member) => ({
          id: member.name,
          content:
            editing?.kind === 'member' && editing.name === member.name ? (
              <ChoiceMemberForm
                member={member}
                numeric={choices.kind === 'integer'}
                onSend={(next) => {
                  send(memberOperations(choices, member, next));
                }}
                onCancel={end}
              />
            ) : (
              <MemberLine
                choices={choices}
                member={member}
                onEdit={() => {
                  setEditing({ kind: 'member', name: member.name });
                }}
                onRemove={() => {
                  send([{ kind: 'choices.removeMember', choices: reference, member: member.name }]);
                }}
              />
            ),
        }))}
      />
      {editing?.kind === 'new' && (
        <ChoiceMemberForm
          member={null}
          numeric={choices.kind === 'integer'}
          onSend={(member) => {
            send([{ kind: 'choices.addMember', choices: reference, member, after: null }]);
          }}
          onCancel={end}
        />
      )}
    </section>
  );
}

interface ChoicesHeadProps {
  readonly choices: ChoicesFacts;
  readonly renaming: boolean;
  readonly onEdit: (editing: Editing) => void;
  readonly onRename: (name: string) => void;
  readonly onCancel: () => void;
}

const KINDS = { text: 'texts', integer: 'numbers', other: 'values' } as const;

function ChoicesHead({ choices, renaming, onEdit, onRename, onCancel }: ChoicesHeadProps) {
  const { name, kind, stale } = choices;
  if (renaming) {
    return (
      <header className="choices-head">
        <RenameForm label="New name of the choices" name={name} onRename={onRename} onCancel={onCancel} />
      </header>
    );
  }
  return (
    <header className="choices-head">
      <h4>{name}</h4>
      <span className="choices-kind">{KINDS[kind]}</span>
      <IconButton
        icon={Pencil}
        label={`Rename ${name}`}
        disabled={stale}
        onClick={() => {
          onEdit({ kind: 'name' });
        }}
      />
      <IconButton
        icon={Plus}
        label={`Add a member to ${name}`}
        disabled={stale}
        onClick={() => {
          onEdit({ kind: 'new' });
        }}
      />
    </header>
  );
}

interface MemberLineProps {
  readonly choices: ChoicesFacts;
  readonly member: ChoiceMemberFacts;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function MemberLine({ choices, member, onEdit, onRemove }: MemberLineProps) {
  return (
    <div className="member-line">
      <button
        type="button"
        className="member-open"
        disabled={choices.stale}
        title={`Change ${member.name}`}
        onClick={onEdit}
      >
        <span className="member-name">{member.name}</span>
        <code className="member-value">{member.value}</code>
        <span className="member-label">{member.label ?? member.labelCode ?? ''}</span>
      </button>
      <IconButton icon={Trash2} label={`Delete ${member.name}`} disabled={choices.stale} onClick={onRemove} />
    </div>
  );
}

interface NewMember {
  readonly name: string;
  readonly value: string;
  readonly label: string | null;
}

/** Value and label change in one operation, the name in another, which follows its uses. */
function memberOperations(
  choices: ChoicesFacts,
  before: ChoiceMemberFacts,
  next: NewMember,
): readonly Operation[] {
  const reference = referenceOf(choices);
  const changed = next.value !== before.value || next.label !== before.label;
  return [
    ...(changed
      ? [
          {
            kind: 'choices.changeMember',
            choices: reference,
            member: { ...next, name: before.name },
          } as const,
        ]
      : []),
    ...(next.name === before.name
      ? []
      : [
          { kind: 'choices.renameMember', choices: reference, member: before.name, name: next.name } as const,
        ]),
  ];
}

function referenceOf({ model, name, place }: ChoicesFacts) {
  return model === null ? { file: place.file, name } : { model, name };
}
