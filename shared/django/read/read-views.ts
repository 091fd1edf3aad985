import type { ExpressionFacts, PythonFunction } from '../../python/python-module.ts';
import type { ViewFacts } from '../component-model.ts';
import { attributeOf, lastPart, lineageOf, type Lineage } from './class-lineage.ts';
import { classFacts, type ClassReading, type ComponentContext } from './component-context.ts';
import { metaModel } from './read-declarative.ts';
import { classMethods, functionMethods } from './view-methods.ts';

const VIEW_BASE = /(View|ViewSet|ViewSetMixin)$/;
/** Where functions with a request are views, and not middleware or template tags. */
const VIEW_FILES = /(^|\/)(\w*views?\w*|api|apis|endpoints?|urls|handlers)(\/|\.py$)/;
const VIEW_DECORATOR =
  /(^|\.)(api_view|require_\w+|login_required|permission_required|csrf_exempt|never_cache|cache_page)$/;

/** A class as a view; null for any other class. */
export function readClassView(reading: ClassReading, context: ComponentContext): ViewFacts | null {
  const { facts, lineage } = reading;
  const bases = lineage.names.map(lastPart);
  if (!bases.some((name) => VIEW_BASE.test(name))) return null;
  const isViewset = bases.some((name) => /ViewSet(Mixin)?$/.test(name));
  const isApi = bases.some((name) => /APIView$/.test(name));
  return {
    kind: isViewset ? 'viewset' : isApi ? 'api-class' : 'class',
    ...classFacts(reading, context),
    decorators: facts.decorators.map(({ code }) => code),
    methods: isViewset ? null : classMethods(lineage),
    model: modelOfView(lineage, context),
  };
}

/** The model that a view names itself, by its queryset, or by its serializer or form. */
function modelOfView(lineage: Lineage, context: ComponentContext): string | null {
  const own = ownerOf(lineage, 'model', context) ?? ownerOf(lineage, 'queryset', context);
  if (own !== null) return own;
  for (const name of ['serializer_class', 'form_class']) {
    const value = attributeOf(lineage, name);
    const path = pathOf(lineage, name);
    const found =
      value?.dotted === undefined || value.dotted === null
        ? null
        : context.resolver.resolve(path, value.dotted);
    const model =
      found?.kind === 'class'
        ? metaModel(lineageOf(found.path, found.facts, context.resolver), context)
        : null;
    if (model !== null) return model;
  }
  return null;
}

function ownerOf(lineage: Lineage, name: string, context: ComponentContext): string | null {
  const value = attributeOf(lineage, name);
  if (value === undefined) return null;
  const path = pathOf(lineage, name);
  if (name === 'model') return context.modelOf(path, value);
  // `models.Book.objects.filter(…)`: what stands before the manager.
  const dotted = /^\(*((?:\w+\.)*[A-Z]\w*)\./.exec(value.code.replace(/\s+/g, ''))?.[1];
  return dotted === undefined
    ? null
    : context.modelOf(path, { code: dotted, literal: undefined, dotted, call: null });
}

function pathOf({ classes }: Lineage, attribute: string): string {
  const owner = classes.find(({ facts }) => facts.attributes.some(({ name }) => name === attribute));
  return owner?.path ?? '';
}

/** The functions of one file that are views. */
export function readFunctionViews(path: string, context: ComponentContext): readonly ViewFacts[] {
  const functions = context.files.get(path)?.module.functions ?? [];
  return functions.filter((made) => isView(made, path)).map((made) => functionView(made, path, context));
}

function isView({ decorators, parameters }: PythonFunction, path: string): boolean {
  if (decorators.some((each) => VIEW_DECORATOR.test(nameOf(each)))) return true;
  return parameters[0] === 'request' && VIEW_FILES.test(path);
}

function functionView(made: PythonFunction, path: string, context: ComponentContext): ViewFacts {
  const isApi = made.decorators.some((each) => lastPart(nameOf(each)) === 'api_view');
  return {
    kind: isApi ? 'api-function' : 'function',
    name: made.name,
    app: context.appLabel(path),
    bases: [],
    options: [],
    decorators: made.decorators.map(({ code }) => code),
    methods: functionMethods(made),
    model: null,
    place: { file: path, ...made.span },
    stale: false,
  };
}

function nameOf({ dotted, call }: ExpressionFacts): string {
  return dotted ?? call?.callee ?? '';
}
