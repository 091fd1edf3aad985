import { Eye, FileInput, FilterIcon, Radio, ShieldUser, SquareTerminal, Braces } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ComponentFacts } from '../../shared/django/component-model.ts';
import type { ProjectSnapshot } from '../../shared/django/project-model.ts';
import type { RevealTarget } from '../stores/editor-store.ts';
import type { PaletteItem } from '../ui/palette.tsx';

/** Something of the project that can be gone to. */
export interface PlaceItem extends PaletteItem {
  readonly target: RevealTarget;
}

/** Views, serializers, forms, filters, admin, signals and commands, to go to by name. */
export function componentPlaces(snapshot: ProjectSnapshot): readonly PlaceItem[] {
  const { views, serializers, forms, filters, admin, signals, commands } = snapshot;
  return [
    ...views.map((each) => item(each, 'View', Eye, each.model)),
    ...serializers.map((each) => item(each, 'Serializer', Braces, each.model)),
    ...forms.map((each) => item(each, 'Form', FileInput, each.model)),
    ...filters.map((each) => item(each, 'Filter set', FilterIcon, each.model)),
    ...admin.map((each) => item(each, 'Admin', ShieldUser, each.models.join(', '))),
    ...signals.map((each) => item(each, 'Signal receiver', Radio, each.signal.replace(/^.*\./, ''))),
    ...commands.map((each) => item(each, 'Command', SquareTerminal, each.help)),
  ];
}

function item(
  { name, app, place }: ComponentFacts,
  kind: string,
  Icon: LucideIcon,
  about: string | null,
): PlaceItem {
  return {
    id: `${kind} ${place.file} ${String(place.start)} ${name} ${about ?? ''}`,
    label: name,
    detail: [app, kind.toLowerCase(), about].filter(Boolean).join(' · '),
    icon: <Icon size={14} aria-label={kind} />,
    target: place,
  };
}
