const FOCUSABLE =
  'button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [role="tree"], [role="grid"], [tabindex="0"], a[href]';

/** Moves the focus to the next part of the window that is marked with `data-part`, or to the one before. */
export function focusPart(step: 1 | -1): void {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-part]')].filter(
    // Where a part has parts of its own, those are the ones to go to.
    (part) => part.querySelector('[data-part]') === null && part.querySelector(FOCUSABLE) !== null,
  );
  if (parts.length === 0) return;
  const here = parts.findIndex((part) => part.contains(document.activeElement));
  const next = parts[(here + step + parts.length) % parts.length];
  next?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
}
