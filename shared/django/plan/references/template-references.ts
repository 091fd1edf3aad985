import type { SourceText } from '../../project-files.ts';
import type { PlanContext } from '../plan-context.ts';
import type { Reference } from './model-references.ts';
import { wordOffsets } from './occurrences.ts';

/** A name in a template, with the tag it stands in. */
export interface TemplateReference extends Reference {
  /** `{{ book.title }}`: the range of the whole tag where it only shows the value; null for all other tags. */
  readonly output: { readonly start: number; readonly end: number } | null;
  /** `book.title`, to say why it may be meant. */
  readonly shown: string;
}

/** Whether a file is a template: text that is looked through and never parsed. */
export function isTemplate(path: string): boolean {
  return /(^|\/)(templates|jinja2)\/(.+\/)?[^/]+\.(html?|txt|xml|jinja2?|j2|djhtml)$/.test(path);
}

const TAG = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g;
const VERBATIM = /\{%-?\s*(comment|verbatim|raw)\b[\s\S]*?\{%-?\s*end\1\s*-?%\}/g;

/** Attributes of this name in the tags of the templates: `book.title`, `book.chapter_set.all`, `form.title`. */
export function attributesInTemplates(name: string, { files }: PlanContext): readonly TemplateReference[] {
  return templatesWith(name, files).flatMap((source) =>
    tagsOf(source.text).flatMap((tag) =>
      wordOffsets(tag.text, name).flatMap((at) => {
        const before = /([\w.]*\.)$/.exec(tag.text.slice(0, at))?.[1];
        const after = tag.text.slice(at + name.length);
        if (before === undefined || /^\w/.test(after) || isInString(tag.text, at)) return [];
        const isOutput = /^\{\{-?\s*[\w.]+(\|[^}]*)?\s*-?\}\}$/.test(tag.text) && !/^\./.test(after);
        const output = isOutput ? { start: tag.start, end: tag.start + tag.text.length } : null;
        return [{ ...referenceAt(source, tag.start + at, name.length), output, shown: before + name }];
      }),
    ),
  );
}

/** `{% url 'catalog:book-list' %}` with exactly this name: nothing else can be meant by it. */
export function routesInTemplates(name: string, { files }: PlanContext): readonly Reference[] {
  return templatesWith(name, files).flatMap((source) =>
    tagsOf(source.text).flatMap((tag) => {
      const found = /^(\{%-?\s*url\s+)(["'])([^"']*)\2|(?<![\w.])url\(\s*(["'])([^"']*)\4/.exec(tag.text);
      if ((found?.[3] ?? found?.[5]) !== name) return [];
      const at = tag.text.indexOf(name, found?.index ?? 0);
      return [referenceAt(source, tag.start + at, name.length)];
    }),
  );
}

/** Tags that take a template in (`{% include 'catalog/row.html' %}`) or are built on it, by its name. */
export function templateInTemplates(name: string, { files }: PlanContext): readonly TemplateReference[] {
  return templatesWith(name, files).flatMap((source) =>
    tagsOf(source.text).flatMap(({ text, start }) => {
      const found = /^\{%-?\s*(\w+)\s+(["'])([^"']*)\2/.exec(text);
      if (found?.[3] !== name) return [];
      const output = found[1] === 'include' ? { start, end: start + text.length } : null;
      const at = start + text.indexOf(name);
      return [{ ...referenceAt(source, at, name.length), output, shown: name }];
    }),
  );
}

/** `{% load catalog_tags %}` */
export function tagsLoadedInTemplates(name: string, { files }: PlanContext): readonly Reference[] {
  return templatesWith(name, files).flatMap((source) =>
    tagsOf(source.text).flatMap(({ text, start }) => {
      const isLoad = /^\{%-?\s*load\s/.test(text) && new RegExp(`\\s${name}\\s`).test(text);
      return isLoad ? [referenceAt(source, start + text.indexOf(name), name.length)] : [];
    }),
  );
}

function templatesWith(name: string, files: PlanContext['files']): readonly SourceText[] {
  return files.paths().flatMap((path) => {
    const source = isTemplate(path) ? files.get(path) : null;
    return source?.text.includes(name) === true ? [source] : [];
  });
}

interface Tag {
  readonly start: number;
  readonly text: string;
}

function tagsOf(text: string): readonly Tag[] {
  const silent = [...text.matchAll(VERBATIM)].map(({ 0: whole, index }) => ({
    start: index,
    end: index + whole.length,
  }));
  return [...text.matchAll(TAG)]
    .filter(
      ({ index, 0: tag }) => !tag.startsWith('{#') && !silent.some((s) => index > s.start && index < s.end),
    )
    .map(({ index, 0: tag }) => ({ start: index, text: tag }));
}

function isInString(tag: string, at: number): boolean {
  const before = tag.slice(0, at);
  return (before.split('"').length - 1) % 2 === 1 || (before.split("'").length - 1) % 2 === 1;
}

function referenceAt({ path, text }: SourceText, start: number, length: number): Reference {
  return { path, start, end: start + length, line: text.slice(0, start).split('\n').length };
}
