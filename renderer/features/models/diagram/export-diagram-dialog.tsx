import { useState } from 'react';
import { dataDictionaryOf } from '../../../../shared/django/diagrams/data-dictionary.ts';
import { dbmlOf } from '../../../../shared/django/diagrams/dbml.ts';
import { mermaidOf } from '../../../../shared/django/diagrams/mermaid.ts';
import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import { attempt } from '../../../stores/notices.ts';
import { useStudio, useWorkspace } from '../../../stores/studio-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { createArrangement } from '../canvas/arrangement.ts';
import { readCanvasTheme } from '../canvas/canvas-theme.ts';
import type { Picture } from '../canvas/picture-keeper.ts';
import { diagramPage } from './diagram-page.ts';
import { diagramPng, diagramSvg } from './draw-diagram.ts';
import { offerFile } from './offer-file.ts';

interface ExportDiagramDialogProps {
  readonly picture: Picture;
  /** All models of the project. */
  readonly models: readonly ModelFacts[];
  readonly onClose: () => void;
}

const FORMATS = [
  { value: 'svg', label: 'SVG picture', detail: 'sharp at any size', ending: 'svg' },
  { value: 'png', label: 'PNG picture', detail: 'for documents and messages', ending: 'png' },
  { value: 'html', label: 'Web page', detail: 'one file with search, pan and zoom', ending: 'html' },
  { value: 'mermaid', label: 'Mermaid', detail: 'for Markdown on GitHub and GitLab', ending: 'mmd' },
  { value: 'dbml', label: 'DBML', detail: 'for dbdiagram and its tools', ending: 'dbml' },
  { value: 'dictionary', label: 'Data dictionary', detail: 'Markdown, every field in words', ending: 'md' },
] as const;
type Format = (typeof FORMATS)[number]['value'];

/** Asks what the diagram is to be written as, and hands it to the browser's download. */
export function ExportDiagramDialog({ picture, models, onClose }: ExportDiagramDialogProps) {
  const { notify } = useStudio();
  const folder = useWorkspace((state) => state.workspace?.realPath ?? '');
  const [format, setFormat] = useState<Format>('svg');
  const [busy, setBusy] = useState(false);
  const name = folder.split(/[\\/]/).at(-1) ?? 'models';
  const chosen = FORMATS.find(({ value }) => value === format) ?? FORMATS[0];
  const file = `${name}-models.${chosen.ending}`;
  const shown = models.filter(({ id, app }) => picture.scene.byId.has(id) || picture.scene.byId.has(app));

  const save = async (): Promise<void> => {
    setBusy(true);
    await attempt(notify, 'The diagram was not exported', async () => {
      offerFile(file, await contentOf(format, picture, shown, name));
      notify({ kind: 'done', title: `${file} is on its way to your downloads` });
      onClose();
    });
    setBusy(false);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Export the diagram"
      description={`What the canvas shows now: ${shown.length === 1 ? '1 model' : `${String(shown.length)} models`}, where they stand.`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} onClick={() => void save()}>
            Save {file}
          </Button>
        </>
      }
    >
      <FormField label="Format">
        {(control) => (
          <Select
            {...control}
            choices={FORMATS.map(({ value, label, detail }) => ({ value, label, detail }))}
            value={format}
            onChange={setFormat}
          />
        )}
      </FormField>
    </Dialog>
  );
}

async function contentOf(
  format: Format,
  { scene, positions }: Picture,
  models: readonly ModelFacts[],
  title: string,
): Promise<Blob> {
  const text = (type: string, content: string): Blob =>
    new Blob([content], { type: `${type};charset=utf-8` });
  switch (format) {
    case 'mermaid':
      return text('text/plain', mermaidOf(models));
    case 'dbml':
      return text('text/plain', dbmlOf(models));
    case 'dictionary':
      return text('text/markdown', dataDictionaryOf(models));
    case 'svg':
    case 'png':
    case 'html': {
      const host = document.querySelector<HTMLElement>('.models');
      const drawn = {
        arrangement: createArrangement(scene, positions),
        theme: readCanvasTheme(host ?? document.body),
      };
      if (format === 'png') return diagramPng(drawn);
      const svg = diagramSvg(drawn);
      return format === 'svg'
        ? text('image/svg+xml', svg)
        : text('text/html', diagramPage(svg, drawn.arrangement, `Models of ${title}`));
    }
  }
}
