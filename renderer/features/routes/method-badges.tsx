// As many as a column of the list has room for.
const SHOWN = 2;

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
  const shown = all || told.length <= SHOWN ? told : told.slice(0, SHOWN);
  return (
    <>
      {shown.map((method) => (
        <span key={method} className={`method method-${method.toLowerCase()}`}>
          {method}
        </span>
      ))}
      {shown.length < told.length && (
        <span className="method" title={told.join(', ')}>
          +{told.length - shown.length}
        </span>
      )}
    </>
  );
}
