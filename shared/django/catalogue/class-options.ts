import type { FieldOption, OptionControl } from './field-type.ts';
import { boolean, count, expression, text } from './field-type.ts';

type Entry = readonly [name: string, control: OptionControl, fallback: string | null, help: string];

const names: OptionControl = { kind: 'field-names' };

const DJANGO = 'https://docs.djangoproject.com/en/5.2/ref';
const REST = 'https://www.django-rest-framework.org/api-guide';

function options(docs: (name: string) => string, entries: readonly Entry[]): readonly FieldOption[] {
  return entries.map(([name, control, fallback, help]) => ({
    name,
    control,
    default: fallback,
    required: false,
    help,
    docs: docs(name),
  }));
}

/**
 * What `Meta` of a model takes, without the lists that have forms of their own:
 * https://docs.djangoproject.com/en/5.2/ref/models/options/
 */
export const metaOptions: readonly FieldOption[] = options(
  (name) => `${DJANGO}/models/options/#${name.replaceAll('_', '-')}`,
  [
    ['ordering', names, '[]', 'How rows come without an order of their own; - in front turns it round.'],
    ['verbose_name', text, 'None', 'Name for people, where the name of the class does not do.'],
    ['verbose_name_plural', text, 'None', 'Name of many, where an s behind the one does not do.'],
    ['db_table', text, 'None', 'Name of the database table.'],
    ['get_latest_by', names, 'None', 'The fields that latest() and earliest() look at.'],
    ['default_related_name', text, 'None', 'Name that related models find this one by.'],
    [
      'permissions',
      expression("[('sell_book', 'Can sell books')]"),
      '[]',
      'Permissions beside Django’s four.',
    ],
    ['default_permissions', names, null, 'Which of add, change, delete and view are made.'],
    [
      'unique_together',
      expression("[['author', 'title']]"),
      '[]',
      'Fields that are unique together; constraints do more.',
    ],
    ['order_with_respect_to', text, 'None', 'The relation whose objects keep their own ones in an order.'],
    ['managed', boolean, 'True', 'Migrations make and change its table.'],
    ['default_manager_name', text, 'None', 'The manager that Django itself uses.'],
    ['base_manager_name', text, 'None', 'The manager that relations use.'],
    ['db_table_comment', text, 'None', 'Comment on the database table.'],
    ['db_tablespace', text, 'None', 'Tablespace of the table, where the database has them.'],
    ['app_label', text, null, 'The app it belongs to, where it stands outside of one.'],
    ['required_db_vendor', text, 'None', 'The only database it works on.'],
    ['required_db_features', names, '[]', 'What the database has to know.'],
    ['select_on_save', boolean, 'False', 'Saves with SELECT and UPDATE, for old triggers.'],
  ],
);

/** What a `ModelAdmin` takes: https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#modeladmin-options */
export const adminOptions: readonly FieldOption[] = options(
  (name) => `${DJANGO}/contrib/admin/#django.contrib.admin.ModelAdmin.${name}`,
  [
    ['list_display', names, "('__str__',)", 'The columns of the list.'],
    ['list_filter', names, '()', 'What the list can be narrowed by.'],
    ['search_fields', names, '()', 'What the search field looks at.'],
    ['ordering', names, 'None', 'How the list is ordered; - in front turns it round.'],
    ['readonly_fields', names, '()', 'Shown in the form, and not changed there.'],
    ['list_display_links', names, null, 'The columns that lead to the form.'],
    ['list_editable', names, '()', 'The columns that are changed in the list itself.'],
    ['list_select_related', names, 'False', 'Relations that are fetched with the list.'],
    ['autocomplete_fields', names, '()', 'Relations that are searched instead of listed.'],
    ['raw_id_fields', names, '()', 'Relations whose key is typed.'],
    ['filter_horizontal', names, '()', 'Many-to-many fields as two boxes beside each other.'],
    ['filter_vertical', names, '()', 'Many-to-many fields as two boxes above each other.'],
    ['date_hierarchy', text, 'None', 'The date to walk through by year, month and day.'],
    ['fields', names, 'None', 'The fields of the form, in their order.'],
    ['exclude', names, 'None', 'Fields that the form leaves out.'],
    ['fieldsets', expression("[(None, {'fields': ['title']})]"), 'None', 'The form in parts with titles.'],
    [
      'prepopulated_fields',
      expression("{'slug': ['title']}"),
      '{}',
      'Fields that follow others while typing.',
    ],
    ['radio_fields', expression("{'status': admin.VERTICAL}"), '{}', 'Choices as buttons instead of a list.'],
    ['inlines', expression('[ChapterInline]'), '[]', 'Related rows in the same form.'],
    ['actions', expression("['publish']"), '[]', 'What can be done with several chosen rows.'],
    ['list_per_page', count, '100', 'Rows of a page.'],
    ['list_max_show_all', count, '200', 'Rows that “Show all” shows at most.'],
    ['empty_value_display', text, "'-'", 'What stands for an empty value.'],
    ['save_as', boolean, 'False', 'Offers to save as a new one.'],
    ['save_on_top', boolean, 'False', 'Puts the buttons also above the form.'],
    ['show_full_result_count', boolean, 'True', 'Counts all rows also while the list is narrowed.'],
    ['view_on_site', boolean, 'True', 'Links to get_absolute_url().'],
  ],
);

const PAGES: Readonly<Record<string, string>> = {
  permission_classes: 'permissions',
  authentication_classes: 'authentication',
  throttle_classes: 'throttling',
  renderer_classes: 'renderers',
  parser_classes: 'parsers',
  filter_backends: 'filtering',
  filterset_fields: 'filtering',
  filterset_class: 'filtering',
  search_fields: 'filtering',
  ordering_fields: 'filtering',
  ordering: 'filtering',
  pagination_class: 'pagination',
};

/** What views of Django REST Framework take: https://www.django-rest-framework.org/api-guide/views/ */
const apiOptions: readonly FieldOption[] = options(
  (name) => `${REST}/${PAGES[name] ?? 'generic-views'}/`,
  [
    ['permission_classes', expression('[IsAuthenticated]'), null, 'Who may ask.'],
    ['authentication_classes', expression('[SessionAuthentication]'), null, 'How who asks is known.'],
    ['throttle_classes', expression('[UserRateThrottle]'), null, 'How often may be asked.'],
    ['renderer_classes', expression('[JSONRenderer]'), null, 'The forms an answer can have.'],
    ['parser_classes', expression('[JSONParser]'), null, 'The forms a request can have.'],
    ['queryset', expression('Book.objects.all()'), null, 'The rows it is about.'],
    ['serializer_class', expression('BookSerializer'), null, 'How rows become answers.'],
    ['filter_backends', expression('[DjangoFilterBackend]'), null, 'What narrows the rows.'],
    ['filterset_fields', names, null, 'Fields that narrow the rows by their value.'],
    ['filterset_class', expression('BookFilter'), null, 'A filter set of the project.'],
    ['search_fields', names, null, 'What ?search= looks at.'],
    ['ordering_fields', names, null, 'What ?ordering= may name.'],
    ['ordering', names, null, 'The order of rows without ?ordering=.'],
    ['pagination_class', expression('PageNumberPagination'), null, 'How rows come in pages.'],
    ['lookup_field', text, "'pk'", 'The field that the address names a row by.'],
    ['http_method_names', names, null, 'The methods that are answered, in lower case.'],
  ],
);
/** What class-based views of Django take: https://docs.djangoproject.com/en/5.2/ref/class-based-views/ */
const djangoView: readonly FieldOption[] = options(
  () => `${DJANGO}/class-based-views/flattened-index/`,
  [
    ['model', expression('Book'), 'None', 'The model it shows.'],
    ['queryset', expression('Book.objects.all()'), 'None', 'The rows it shows.'],
    ['template_name', text, 'None', 'The template it fills.'],
    ['context_object_name', text, 'None', 'The name of the rows in the template.'],
    ['fields', names, 'None', 'Fields of the form.'],
    ['form_class', expression('BookForm'), 'None', 'A form of the project.'],
    ['success_url', expression("reverse_lazy('book-list')"), 'None', 'Where a form leads that was saved.'],
    ['ordering', names, 'None', 'The order of the rows.'],
    ['paginate_by', count, 'None', 'Rows of a page.'],
    ['slug_field', text, "'slug'", 'The field that the address names a row by.'],
    ['login_url', text, 'None', 'Where somebody goes who is not logged in.'],
    ['permission_required', expression("'catalog.view_book'"), 'None', 'The permission it asks for.'],
    ['http_method_names', names, null, 'The methods that are answered, in lower case.'],
  ],
);

/** What a view of this kind takes, as the source lens names the kinds. */
export function viewOptions(kind: 'class' | 'viewset' | 'api-class'): readonly FieldOption[] {
  return kind === 'class' ? djangoView : apiOptions;
}

/**
 * What `Meta` of a serializer takes beside the fields, what is read only, and the depth:
 * https://www.django-rest-framework.org/api-guide/serializers/#modelserializer
 */
export const serializerMetaOptions: readonly FieldOption[] = options(
  () => `${REST}/serializers/#modelserializer`,
  [
    ['exclude', names, null, 'Fields that are left out, instead of naming those that are not.'],
    [
      'extra_kwargs',
      expression("{'password': {'write_only': True}}"),
      '{}',
      'Options of fields by their name.',
    ],
    ['validators', expression('[]'), null, 'Checks of the whole object.'],
    ['list_serializer_class', expression('BookListSerializer'), null, 'The serializer of many.'],
  ],
);
