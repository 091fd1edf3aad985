import { insertItems } from '../../../python/list-edit.ts';
import { readString } from '../../../python/literal.ts';
import { insertBehind } from '../../../python/statement-edit.ts';
import { partsOf, unwrap } from '../../../python/syntax.ts';
import { giveAdminClass, requireAdminClass } from '../admin/plan-admin.ts';
import { ADMIN_ORDER } from '../admin/admin-options.ts';
import { findRegistration } from '../admin/registrations.ts';
import { attributeOf, setAttribute, type ClassOwner } from '../class-attributes.ts';
import { membersOf } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { addToMethod, unclear } from './class-querysets.ts';
import { FetchFinder } from './find-fetches.ts';
import type { Related } from './queryset-chain.ts';

/** Fetches a relation with the rows of the admin's list; false where the model is not registered. */
export function addToAdmin(id: string, related: Related, context: PlanContext, draft: Draft): boolean {
  const model = context.snapshot.models.some((each) => each.id === id)
    ? requireModel(context.snapshot, id)
    : null;
  const found = model === null ? null : findRegistration(model, context, draft);
  if (model === null || found === null) return false;
  const { path } = found.source;
  const { quote: q, indent } = draft.style(path);
  const { method, relation } = related;
  if (found.admin === null) {
    const lines =
      method === 'select_related'
        ? [`list_select_related = [${q}${relation}${q}]`]
        : [querysetMethod(related, q, indent)];
    giveAdminClass(found, model, lines, draft);
    return true;
  }
  const owner = requireAdminClass(found, context, draft);
  const finder = new FetchFinder(owner.source, id, context);
  if (addToMethod(owner, finder, related, draft)) return true;
  if (method === 'select_related') addToList(owner, related, context, draft);
  else {
    const last = membersOf(owner.definition).at(-1);
    if (last === undefined) return false;
    const style = draft.style(owner.source.path);
    const code = querysetMethod(related, style.quote, style.indent);
    draft.edit(owner.source.path, [insertBehind(last, owner.source.text, `\n${code}`)]);
  }
  return true;
}

/** https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#django.contrib.admin.ModelAdmin.get_queryset */
function querysetMethod({ method, relation }: Related, quote: string, indent: string): string {
  const head = 'def get_queryset(self, request):';
  return `${head}\n${indent}return super().get_queryset(request).${method}(${quote}${relation}${quote})`;
}

/** https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#django.contrib.admin.ModelAdmin.list_select_related */
function addToList(owner: ClassOwner, related: Related, context: PlanContext, draft: Draft): void {
  const { path, text } = owner.source;
  const { quote: q } = draft.style(path);
  const code = q + related.relation + q;
  const present = attributeOf(owner, 'list_select_related');
  // True follows the relations of the columns shown alone.
  if (present === null || /^(True|False)$/.test(present.value.text)) {
    setAttribute(owner, 'list_select_related', `[${code}]`, ADMIN_ORDER, context, draft);
    return;
  }
  const list = unwrap(present.value);
  if (list.type !== 'list' && list.type !== 'tuple') throw unclear(path, present.value, related);
  const named = partsOf(list).map((item) => readString(item));
  if (named.includes(related.relation)) return;
  draft.edit(path, insertItems(list, text, [code]));
}
