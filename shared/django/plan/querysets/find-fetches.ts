import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, dottedName, partsOf } from '../../../python/syntax.ts';
import type { SourceText } from '../../project-files.ts';
import type { PlanContext } from '../plan-context.ts';
import { bindingsOf } from '../references/bindings.ts';
import { MeaningReader, type Meaning } from '../references/meaning.ts';
import { chainOf, fetchesObjects, queryPart, type Chain } from './queryset-chain.ts';

/** An expression that fetches objects of a model. */
export interface Fetch {
  /** `model` is a class that a shortcut fetches one object of: `get_object_or_404(Book, …)`. */
  readonly kind: 'queryset' | 'model';
  readonly node: SyntaxNode;
  /** What `node` does in turn, up to where nothing can be added any more. */
  readonly query: Chain;
  /** A method of the project in the chain: only it knows whether a queryset comes back. */
  readonly unsure: string | null;
}

/** Finds the expressions of one file that fetch objects of one model. */
export class FetchFinder {
  readonly source: SourceText;
  readonly meanings: MeaningReader;
  private readonly model: string;

  constructor(source: SourceText, model: string, context: PlanContext) {
    this.source = source;
    this.model = model;
    this.meanings = new MeaningReader(source, context);
  }

  /** Those in a piece of code; `follow` goes from names to what they were given. */
  in(node: SyntaxNode, follow = false): readonly Fetch[] {
    const found = new Map<number, Fetch>();
    this.look(node, follow, new Set(), (fetch) => found.set(fetch.node.startIndex, fetch));
    return [...found.values()];
  }

  /** Whether an expression stands for objects of the model; null where the source does not tell. */
  isAbout(expression: SyntaxNode): boolean | null {
    const meaning = this.meanings.of(expression);
    return meaning === null ? null : this.isMine(meaning);
  }

  private isMine(meaning: Meaning): boolean {
    return meaning.model === this.model;
  }

  private look(
    node: SyntaxNode,
    follow: boolean,
    followed: Set<number>,
    add: (fetch: Fetch) => unknown,
  ): void {
    const shortcut = this.shortcutArgument(node);
    if (shortcut !== null) {
      add({ kind: 'model', node: shortcut, query: chainOf(shortcut), unsure: null });
      return;
    }
    const onwards = (each: SyntaxNode): void => {
      this.look(each, follow, followed, add);
    };
    if (node.type === 'identifier') {
      if (follow) for (const value of this.valuesOf(node, followed)) onwards(value);
      return;
    }
    const chain = chainOf(node);
    const fetch = chain.links.length === 0 ? null : this.fetchOf(chain);
    if (fetch !== null) add(fetch);
    else if (chain.links.length === 0) partsOf(node).forEach(onwards);
    else {
      onwards(chain.root);
      for (const { call } of chain.links) {
        for (const { value } of argumentsIn(call)) onwards(value);
      }
    }
  }

  /** `Book` of `get_object_or_404(Book, pk=pk)`. */
  private shortcutArgument(node: SyntaxNode): SyntaxNode | null {
    if (node.type !== 'call') return null;
    const callee = dottedName(node.childForFieldName('function')) ?? '';
    if (!/(^|\.)a?get_(object|list)_or_404$/.test(callee)) return null;
    const [first] = argumentsOf(node.childForFieldName('arguments')).positional;
    const meaning = first === undefined ? null : this.meanings.of(first.value);
    return first !== undefined && meaning?.kind === 'class' && this.isMine(meaning) ? first.value : null;
  }

  private fetchOf(chain: Chain): Fetch | null {
    // What a class of views has of itself is changed where the class says it.
    if (/^(self|super\(.*\))$/.test(chain.root.text)) return null;
    const first = chain.links.findLastIndex((_, at) => this.startsQuery(chain, at));
    if (first === -1) return null;
    const whole = { root: chain.links[first - 1]?.node ?? chain.root, links: chain.links.slice(first) };
    if (!fetchesObjects(whole)) return null;
    const query = queryPart(whole);
    const own = query.links.slice(1).find(({ node }) => this.meanings.of(node)?.kind !== 'set');
    if (own?.call === null) return null;
    const node = query.links.at(-1)?.node ?? query.root;
    return { kind: 'queryset', node, query, unsure: own?.name ?? null };
  }

  /** `Book.objects`, or the objects on the other side of a relation. */
  private startsQuery({ root, links }: Chain, at: number): boolean {
    const link = links[at];
    if (link === undefined) return false;
    const meaning = this.meanings.of(link.node);
    const before = links[at - 1];
    if (meaning !== null) {
      const isFirst = before === undefined ? this.isNew(root) : this.meanings.of(before.node)?.kind !== 'set';
      return meaning.kind === 'set' && this.isMine(meaning) && isFirst;
    }
    // The model of an installed package, by the name it is imported as.
    if (link.name !== 'objects' || link.call !== null || this.meanings.index.byId(this.model) !== null)
      return false;
    const holder = before?.node ?? root;
    return dottedName(holder)?.split('.').at(-1) === this.model.split('.')[1];
  }

  /** What a name holds was fetched where the name was given its value. */
  private isNew(root: SyntaxNode): boolean {
    return root.type !== 'identifier' || this.meanings.of(root)?.kind !== 'set';
  }

  private valuesOf(name: SyntaxNode, followed: Set<number>): readonly SyntaxNode[] {
    for (let scope = name.parent; scope !== null; scope = scope.parent) {
      const bindings = bindingsOf(scope)?.get(name.text);
      if (bindings === undefined) continue;
      return bindings.flatMap((binding) => {
        if (binding.kind !== 'value' || binding.value === null || followed.has(binding.value.id)) return [];
        followed.add(binding.value.id);
        return [binding.value];
      });
    }
    return [];
  }
}

function argumentsIn(call: SyntaxNode | null): readonly { readonly value: SyntaxNode }[] {
  const { positional, keywords } = argumentsOf(call?.childForFieldName('arguments') ?? null);
  return [...positional, ...keywords];
}
