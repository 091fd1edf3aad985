import { useState } from 'react';
import { ProposalDialog } from '../../fields/proposal-dialog.tsx';
import { useProject, useStudio } from '../../stores/studio-context.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** The form that is open in front of the project's pages. */
export function ProjectDialogs() {
  const { project } = useStudio();
  const dialog = useProject((state) => state.dialog);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'add-package':
      return <AddPackageDialog onClose={project.close} />;
    case 'pin-package':
      return <PinPackageDialog name={dialog.name} specifier={dialog.specifier} onClose={project.close} />;
    case 'from-environment':
      return <FromEnvironmentDialog setting={dialog.setting} code={dialog.code} onClose={project.close} />;
  }
}

interface DialogProps {
  readonly onClose: () => void;
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
const PACKAGE = /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?(\[[\w.,\s-]+\])?$/;
const SPECIFIER = /^\s*((===|~=|==|!=|<=|>=|<|>|\^|~)\s*[\w.*+!-]+\s*(,\s*|$))*$/;

function AddPackageDialog({ onClose }: DialogProps) {
  const [name, setName] = useState('');
  const [specifier, setSpecifier] = useState('');
  const nameProblem = PACKAGE.test(name) ? null : 'Write the name of a package: django-filter.';
  const versionProblem = SPECIFIER.test(specifier) ? null : 'Write a version as pip does: >=5.2,<6.';
  const sound = nameProblem === null && versionProblem === null;
  return (
    <ProposalDialog
      title="Add a package"
      description="Where the project lists what it needs. Installing is another step."
      operations={sound ? [{ kind: 'requirement.add', package: name, specifier: specifier.trim() }] : null}
      touched={name !== ''}
      onClose={onClose}
      onWritten={onClose}
    >
      <div className="proposal-pair">
        <FormField label="Package" problem={name === '' ? null : nameProblem}>
          {(control) => (
            <TextField
              {...control}
              code
              autoFocus
              placeholder="django-filter"
              value={name}
              onChange={setName}
            />
          )}
        </FormField>
        <FormField label="Version" optional problem={versionProblem}>
          {(control) => (
            <TextField {...control} code placeholder=">=25.1,<26" value={specifier} onChange={setSpecifier} />
          )}
        </FormField>
      </div>
    </ProposalDialog>
  );
}

function PinPackageDialog({
  name,
  specifier,
  onClose,
}: DialogProps & { readonly name: string; readonly specifier: string }) {
  const [version, setVersion] = useState(/\d[\w.]*/.exec(specifier)?.[0] ?? '');
  const sound = /^\d[\w.+!-]*$/.test(version);
  return (
    <ProposalDialog
      title={`Pin ${name}`}
      description="Exactly this version, and no other, is installed from now on."
      operations={sound ? [{ kind: 'requirement.pin', package: name, version }] : null}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="Version" problem={version === '' || sound ? null : 'Write one version: 5.2.3.'}>
        {(control) => (
          <TextField {...control} code autoFocus placeholder="5.2.3" value={version} onChange={setVersion} />
        )}
      </FormField>
    </ProposalDialog>
  );
}

function FromEnvironmentDialog({
  setting,
  code,
  onClose,
}: DialogProps & { readonly setting: string; readonly code: string }) {
  const [variable, setVariable] = useState(setting);
  const [keep, setKeep] = useState(!/SECRET|PASSWORD|KEY|TOKEN/.test(setting));
  const sound = /^[A-Za-z_]\w*$/.test(variable);
  return (
    <ProposalDialog
      title={`${setting} from the environment`}
      description="Read the way the project reads its other variables."
      operations={sound ? [{ kind: 'settings.fromEnvironment', setting, variable, keepDefault: keep }] : null}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="Variable" problem={sound ? null : 'Letters, digits and underscores.'}>
        {(control) => <TextField {...control} code autoFocus value={variable} onChange={setVariable} />}
      </FormField>
      <Checkbox
        label="Keep the value of now as default"
        help={
          keep
            ? code.replaceAll(/\s+/g, ' ').slice(0, 120)
            : 'Without it the project does not start where the variable is missing.'
        }
        checked={keep}
        onChange={setKeep}
      />
    </ProposalDialog>
  );
}
