/** Options of an admin class in the order people write them; from https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#modeladmin-options */
export const ADMIN_ORDER: readonly string[] = (
  'model fk_name form list_display list_display_links list_editable list_filter list_select_related list_per_page ' +
  'list_max_show_all search_fields search_help_text date_hierarchy ordering sortable_by show_full_result_count ' +
  'preserve_filters paginator actions actions_on_top actions_on_bottom actions_selection_counter fields exclude ' +
  'fieldsets readonly_fields autocomplete_fields raw_id_fields filter_horizontal filter_vertical radio_fields ' +
  'prepopulated_fields formfield_overrides empty_value_display view_on_site save_as save_as_continue save_on_top ' +
  'show_facets extra min_num max_num can_delete show_change_link inlines'
).split(' ');
