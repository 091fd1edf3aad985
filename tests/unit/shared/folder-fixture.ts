import type { Plan } from '../../../shared/django/plan/plan.ts';

/** The files of a project behind a plan: written, removed and moved. */
export function filesAfter(
  files: Readonly<Record<string, string>>,
  plan: Plan,
): Readonly<Record<string, string>> {
  const texts = new Map(Object.entries(files));
  for (const { path, after } of plan.files) {
    if (after === null) texts.delete(path);
    else texts.set(path, after);
  }
  const inside = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
  const kept = [...texts].filter(([path]) => !plan.folderRemovals.some((folder) => inside(path, folder)));
  return Object.fromEntries(
    kept.map(([path, text]) => {
      const move = plan.folderMoves.find(({ from }) => inside(path, from));
      return [move === undefined ? path : move.to + path.slice(move.from.length), text];
    }),
  );
}
