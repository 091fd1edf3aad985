import type { OptionFacts, Place } from './source-place.ts';

/** What every component of a project has: a class or function of an app, by name and place. */
export interface ComponentFacts {
  readonly name: string;
  /** Label of the app whose code it is. */
  readonly app: string;
  readonly place: Place;
  /** True while its file does not parse: these are the last good facts. */
  readonly stale: boolean;
}

/** A component that is a class. */
export interface ClassComponent extends ComponentFacts {
  /** As written. */
  readonly bases: readonly string[];
  /** Attributes of the class body, as written. */
  readonly options: readonly OptionFacts[];
}

/** A `ModelAdmin`, an inline, or a model that is registered without a class of its own. */
export interface AdminFacts extends ClassComponent {
  readonly kind: 'model-admin' | 'inline';
  /** The models it is about: `catalog.Book`. */
  readonly models: readonly string[];
  /** The site it is registered with, as written; null for Django's own one. */
  readonly site: string | null;
  /** Inline classes, as written. */
  readonly inlines: readonly string[];
  /** The statements or decorators that register it; none for inlines and base classes. */
  readonly registrations: readonly Place[];
}

/** Which fields of its model a `Meta` chooses. */
export type FieldSelection =
  | { readonly kind: 'all' }
  | { readonly kind: 'named'; readonly names: readonly string[] }
  | { readonly kind: 'excluded'; readonly names: readonly string[] }
  /** Computed when the project runs; the code as written. */
  | { readonly kind: 'computed'; readonly code: string };

/** A field, filter or nested serializer that a class body declares. */
export interface DeclaredFacts {
  readonly name: string;
  /** As written: `serializers.CharField`. */
  readonly typeCode: string;
  readonly options: readonly OptionFacts[];
  readonly place: Place;
}

/** A class that declares fields, and may take others from a model by its `Meta`. */
export interface DeclarativeComponent extends ClassComponent {
  /** `catalog.Book`; null without a model, or where the source does not tell. */
  readonly model: string | null;
  /** `Meta.model` as written; null without one. */
  readonly modelCode: string | null;
  /** null where `Meta` names no fields. */
  readonly selection: FieldSelection | null;
  readonly declared: readonly DeclaredFacts[];
  readonly meta: readonly OptionFacts[];
}

/** A serializer of Django REST Framework. */
export interface SerializerFacts extends DeclarativeComponent {
  readonly kind: 'serializer' | 'model-serializer';
  readonly readOnly: readonly string[];
  /** `Meta.depth`; null without one. */
  readonly depth: number | null;
}

/** A form of Django. */
export interface FormFacts extends DeclarativeComponent {
  readonly kind: 'form' | 'model-form';
}

/** A `FilterSet` of django-filter. */
export interface FilterFacts extends DeclarativeComponent {
  readonly kind: 'filter-set';
}

/** One function that listens to a signal; `name` is the receiver. */
export interface SignalFacts extends ComponentFacts {
  readonly kind: 'decorator' | 'connect';
  /** `django.db.models.signals.post_save`; as written where the source does not tell. */
  readonly signal: string;
  /** `catalog.Book`; null for every sender, or where it is no model of the project. */
  readonly sender: string | null;
  /** As written; null for every sender. */
  readonly senderCode: string | null;
  /** Where the receiver is defined; null where the source does not tell. */
  readonly receiverPlace: Place | null;
}

/** A management command; `name` is what `manage.py` calls it. */
export interface CommandFacts extends ComponentFacts {
  readonly kind: 'command';
  readonly help: string | null;
}

/** A view: a function that takes a request, or a class of views. */
export interface ViewFacts extends ClassComponent {
  readonly kind: 'function' | 'class' | 'viewset' | 'api-class' | 'api-function';
  /** Decorators as written, without `@`. */
  readonly decorators: readonly string[];
  /** HTTP methods; null where the source does not tell. */
  readonly methods: readonly string[] | null;
  /** The model it is about; null where the source does not tell. */
  readonly model: string | null;
}

/** One member of a choices class. */
export interface ChoiceMemberFacts {
  readonly name: string;
  /** As written: `"draft"`; what `auto()` or the name makes where nothing is written. */
  readonly value: string;
  /** As written; null where Django makes it of the name. */
  readonly labelCode: string | null;
  /** The text in it, also below `gettext_lazy`; null where it is made or computed. */
  readonly label: string | null;
  readonly place: Place;
}

/** A `TextChoices`, `IntegerChoices` or `Choices` class; `name` is its own one. */
export interface ChoicesFacts extends ComponentFacts {
  readonly kind: 'text' | 'integer' | 'other';
  /** `catalog.Book` where it is nested in a model; null at the top of a module. */
  readonly model: string | null;
  readonly members: readonly ChoiceMemberFacts[];
}

/** All that is read beside models and routes. */
export interface ProjectComponents {
  readonly admin: readonly AdminFacts[];
  readonly serializers: readonly SerializerFacts[];
  readonly forms: readonly FormFacts[];
  readonly filters: readonly FilterFacts[];
  readonly signals: readonly SignalFacts[];
  readonly commands: readonly CommandFacts[];
  readonly views: readonly ViewFacts[];
  readonly choices: readonly ChoicesFacts[];
}

/** Of a project that has none of them. */
export const NO_COMPONENTS: ProjectComponents = {
  admin: [],
  serializers: [],
  forms: [],
  filters: [],
  signals: [],
  commands: [],
  views: [],
  choices: [],
};
