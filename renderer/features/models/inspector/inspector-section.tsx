import { useEffect, useRef, type ReactNode } from 'react';
import { useDesigner, useStudio } from '../../../stores/studio-context.tsx';
import { Section } from '../../../ui/section.tsx';

interface InspectorSectionProps {
  readonly title: string;
  readonly count?: number;
  /** Whether it is open before the user opened or closed it. */
  readonly atFirst?: boolean;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the inspector: what the user opened for one model is open for the next. */
export function InspectorSection({ title, atFirst = false, ...rest }: InspectorSectionProps) {
  const { designer } = useStudio();
  const open = useDesigner((state) => state.sections[title] ?? atFirst);
  const element = useRef<HTMLDivElement>(null);
  const toggled = useRef(false);
  useEffect(() => {
    // What was opened at the lower edge would stand out of sight.
    if (open && toggled.current) element.current?.scrollIntoView({ block: 'nearest' });
    toggled.current = false;
  }, [open]);
  return (
    <div ref={element}>
      <Section
        {...rest}
        title={title}
        open={open}
        onToggle={() => {
          toggled.current = true;
          designer.openSection(title, !open);
        }}
      />
    </div>
  );
}
