import type { SyntaxNode } from '../../python/parser.ts';
import type { CallFacts, ExpressionFacts, Span } from '../../python/python-module.ts';
import { readExpression, spanOf } from '../../python/read-bindings.ts';
import { argumentsOf, dottedName } from '../../python/syntax.ts';
import type { SignalFacts } from '../component-model.ts';
import type { Definition } from '../module-resolver.ts';
import type { SourceText } from '../project-files.ts';
import type { Place } from '../source-place.ts';
import { lastPart } from './class-lineage.ts';
import { namesIn, type ComponentContext } from './component-context.ts';

/** https://docs.djangoproject.com/en/5.2/ref/signals/ */
const DJANGO: Readonly<Record<string, string>> = {
  pre_init: 'django.db.models.signals',
  post_init: 'django.db.models.signals',
  pre_save: 'django.db.models.signals',
  post_save: 'django.db.models.signals',
  pre_delete: 'django.db.models.signals',
  post_delete: 'django.db.models.signals',
  m2m_changed: 'django.db.models.signals',
  class_prepared: 'django.db.models.signals',
  pre_migrate: 'django.db.models.signals',
  post_migrate: 'django.db.models.signals',
  request_started: 'django.core.signals',
  request_finished: 'django.core.signals',
  got_request_exception: 'django.core.signals',
  setting_changed: 'django.core.signals',
  connection_created: 'django.db.backends.signals',
  template_rendered: 'django.test.signals',
  user_logged_in: 'django.contrib.auth.signals',
  user_logged_out: 'django.contrib.auth.signals',
  user_login_failed: 'django.contrib.auth.signals',
};

/** The functions of one file that listen to signals. */
export function readSignals(path: string, context: ComponentContext): readonly SignalFacts[] {
  const source = context.files.get(path);
  if (source === null) return [];
  const decorated = source.module.functions.flatMap((made) =>
    made.decorators.flatMap(({ call }) => {
      if (call === null || lastPart(call.callee ?? '') !== 'receiver') return [];
      const place: Place = { file: path, ...made.span };
      const receiver = { name: made.name, place };
      return listeners(call.positional[0], call, path, context, { kind: 'decorator', receiver, place });
    }),
  );
  const connected = source.text.includes('.connect(')
    ? (context.files.derived(path, readConnects) ?? [])
    : [];
  return [...decorated, ...connected.flatMap((connect) => connection(connect, path, context))];
}

interface Listening {
  readonly kind: SignalFacts['kind'];
  readonly receiver: { readonly name: string; readonly place: Place | null };
  readonly place: Place;
}

function listeners(
  signals: ExpressionFacts | undefined,
  call: CallFacts,
  path: string,
  context: ComponentContext,
  { kind, receiver, place }: Listening,
): readonly SignalFacts[] {
  const sender = call.keywords.find(({ name }) => name === 'sender')?.value;
  return namesIn(signals).map((signal) => ({
    kind,
    name: receiver.name,
    app: context.appLabel(path),
    signal: signalName(path, signal.dotted ?? signal.code, context) ?? signal.code,
    sender: context.modelOf(path, sender),
    senderCode: sender?.code ?? null,
    receiverPlace: receiver.place,
    place,
    stale: false,
  }));
}

/** The dotted name of a signal; null where the source does not show that it is one. */
function signalName(path: string, dotted: string, { resolver }: ComponentContext): string | null {
  const found = resolver.resolve(path, dotted);
  if (found?.kind === 'external' && /(^|\.)(signals|dispatch)\./.test(found.name)) return found.name;
  if (found?.kind === 'variable' && /Signal$/.test(found.value.call?.callee ?? '')) {
    return `${resolver.moduleName(found.path)}.${found.name}`;
  }
  const name = lastPart(dotted);
  const module = DJANGO[name];
  return module === undefined ? null : `${module}.${name}`;
}

interface Connect {
  readonly signal: string;
  readonly call: CallFacts;
  /** Names that the function around it imports. */
  readonly imported: readonly { readonly local: string; readonly module: string; readonly name: string }[];
  readonly span: Span;
}

/** `post_save.connect(on_save, sender=Book)`, mostly in `AppConfig.ready()`. */
function readConnects({ root }: SourceText): readonly Connect[] {
  return root.descendantsOfType('call').flatMap((node): readonly Connect[] => {
    const callee = dottedName(node.childForFieldName('function'));
    const { call } = readConnect(callee, node);
    if (call === null || callee === null) return [];
    return [
      {
        signal: callee.slice(0, -'.connect'.length),
        call,
        imported: importsAround(node),
        span: spanOf(node),
      },
    ];
  });
}

function readConnect(callee: string | null, node: SyntaxNode): Pick<ExpressionFacts, 'call'> {
  const isConnect = callee?.endsWith('.connect') === true;
  const given = isConnect ? argumentsOf(node.childForFieldName('arguments')) : null;
  return given === null || given.positional.length === 0 ? { call: null } : readExpression(node);
}

function importsAround(node: SyntaxNode): Connect['imported'] {
  let around = node.parent;
  while (around !== null && around.type !== 'function_definition') around = around.parent;
  return (around?.descendantsOfType('import_from_statement') ?? []).flatMap((statement) => {
    const module = statement.childForFieldName('module_name')?.text ?? '';
    return statement.childrenForFieldName('name').map((item) => {
      const name = item.childForFieldName('name')?.text ?? item.text;
      return { local: item.childForFieldName('alias')?.text ?? name, module, name };
    });
  });
}

function connection(
  { signal, call, imported, span }: Connect,
  path: string,
  context: ComponentContext,
): readonly SignalFacts[] {
  const [receiver] = call.positional;
  const isSignal = imported.some(({ local, module }) => local === signal && /signals?$/.test(module));
  if (receiver === undefined || (!isSignal && signalName(path, signal, context) === null)) return [];
  const place: Place = { file: path, ...span };
  const found = receiver.dotted === null ? null : receiverOf(receiver.dotted, path, imported, context);
  const isOwn = found?.kind === 'function' || found?.kind === 'class';
  const name = lastPart(receiver.dotted ?? receiver.code);
  const at: Place | null = isOwn ? { file: found.path, ...found.facts.span } : null;
  const named: ExpressionFacts = { code: signal, literal: undefined, dotted: signal, call: null };
  return listeners(named, call, path, context, { kind: 'connect', receiver: { name, place: at }, place });
}

function receiverOf(
  dotted: string,
  path: string,
  imported: Connect['imported'],
  { resolver }: ComponentContext,
): Definition | null {
  const [first = '', ...rest] = dotted.split('.');
  const own = imported.find(({ local }) => local === first);
  if (own === undefined) return resolver.resolve(path, dotted);
  const separator = own.module.endsWith('.') ? '' : '.';
  const submodule = resolver.findFrom(path, `${own.module}${separator}${own.name}`);
  if (submodule !== null) return rest.length === 0 ? null : resolver.resolve(submodule, rest.join('.'));
  const module = resolver.findFrom(path, own.module);
  return module === null ? null : resolver.resolve(module, [own.name, ...rest].join('.'));
}
