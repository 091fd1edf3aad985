import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { offerRemovals } from '../references/references-shown.ts';
import { isTemplate, tagsLoadedInTemplates, templateInTemplates } from '../references/template-references.ts';

/** Offers and notes what other apps take from the templates and template tags of a folder that goes. */
export function offerTemplatesOf(folder: string, context: PlanContext, draft: Draft): void {
  const paths = context.files.paths();
  const isOutside = ({ path }: { readonly path: string }): boolean => !path.startsWith(`${folder}/`);
  for (const path of paths.filter((each) => each.startsWith(`${folder}/`))) {
    const name = isTemplate(path) ? /\/(?:templates|jinja2)\/(.+)$/.exec(path)?.[1] : undefined;
    if (name !== undefined && !hasTwin(name, folder, paths)) {
      offerRemovals(templateInTemplates(name, context).filter(isOutside), draft);
      noteCode(name, folder, context, draft);
    }
    const library = /\/templatetags\/(?!__init__)(\w+)\.py$/.exec(path)?.[1];
    if (library === undefined) continue;
    for (const { path: file, line } of tagsLoadedInTemplates(library, context).filter(isOutside)) {
      draft.note(`${file}:${String(line)} loads the template tags ${library} and is not changed.`);
    }
  }
}

/** Another app has a template of the same name, which Django finds then. */
function hasTwin(name: string, folder: string, paths: readonly string[]): boolean {
  return paths.some(
    (path) =>
      !path.startsWith(`${folder}/`) && (path.endsWith(`/templates/${name}`) || path === `templates/${name}`),
  );
}

function noteCode(name: string, folder: string, { files }: PlanContext, draft: Draft): void {
  for (const path of files.paths()) {
    const text = path.endsWith('.py') && !path.startsWith(`${folder}/`) ? (files.get(path)?.text ?? '') : '';
    const at = [`'${name}'`, `"${name}"`].map((quoted) => text.indexOf(quoted)).find((each) => each !== -1);
    if (at === undefined) continue;
    const line = text.slice(0, at).split('\n').length;
    draft.note(`${path}:${String(line)} names the template ${name} and is not changed.`);
  }
}
