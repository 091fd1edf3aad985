/** The methods that a view takes; a long list is cut to what is asked most. */
export function MethodBadges({
  methods,
  all = false,
}: {
  readonly methods: readonly string[] | null;
  readonly all?: boolean;
}) {
  if (methods === null) return <span className="route-unknown">any</span>;
  // Every view of Django answers these by itself.
  const told = all ? methods : methods.filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
  return told.map((method) => (
    <span key={method} className={`method method-${method.toLowerCase()}`}>
      {method}
    </span>
  ));
}
