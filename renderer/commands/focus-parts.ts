const FOCUSABLE =
  'button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [role="tree"], [role="grid"], [tabindex="0"], a[href]';

/** Moves the focus to the next part of the window that is marked with `data-part`, or to the one before. */
export function focusPart(step: 1 | -1): void {
  const marked = visible(document, '[data-part]').filter((part) => visible(part, FOCUSABLE).length > 0);
  // Where a part has parts of its own, those are the ones to go to.
  const parts = marked.filter((part) => !marked.some((other) => other !== part && part.contains(other)));
  if (parts.length === 0) return;
  const here = parts.findIndex((part) => part.contains(document.activeElement));
  const next = parts[(here + step + parts.length) % parts.length];
  if (next !== undefined) visible(next, FOCUSABLE)[0]?.focus();
}

// A feature that is not shown stays in the page, hidden.
function visible(root: ParentNode, selector: string): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)].filter((element) => element.checkVisibility());
}
