// The arrows between the folders; ARCHITECTURE.md draws them. A test plants one violation a rule.
const notTo = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    notTo('no-cycles', 'No file depends on itself by a detour.', {}, { circular: true }),
    notTo(
      'shared-imports-nothing-of-ours',
      'shared is pure: it runs in the window, in main and in workers.',
      { path: '^shared/' },
      { path: '^(main|preload|renderer|scripts|tests)/' },
    ),
    notTo(
      'shared-uses-few-packages',
      'shared has no Node, no DOM, no Electron, no React.',
      { path: '^shared/' },
      {
        dependencyTypes: ['npm', 'npm-dev', 'core'],
        pathNot: 'node_modules/(zod|web-tree-sitter|diff|smol-toml)/',
      },
    ),
    notTo(
      'preload-imports-only-the-contract',
      'preload exposes request() and subscribe(), nothing else.',
      { path: '^preload/' },
      { path: '^(main|renderer|scripts|tests)/|^shared/(?!contract/)' },
    ),
    notTo(
      'renderer-imports-only-shared',
      'The window reaches the rest through the contract.',
      { path: '^renderer/' },
      { path: '^(main|preload|scripts|tests)/' },
    ),
    notTo(
      'renderer-has-no-node',
      'The window is a sandboxed page.',
      { path: '^renderer/' },
      { dependencyTypes: ['core'] },
    ),
    notTo(
      'main-does-not-import-the-window',
      'main speaks to the window through the contract.',
      { path: '^main/' },
      { path: '^(renderer|preload|scripts|tests)/' },
    ),
    notTo(
      'electron-only-in-its-shell',
      'Services run in a browser-mode process as well.',
      { path: '^(shared|renderer|main/(?!electron/))' },
      { path: 'node_modules/electron/' },
    ),
    notTo(
      'services-do-not-know-their-shell',
      'The shells import the services, never the other way.',
      { path: '^main/services/' },
      { path: '^main/(electron|web)/' },
    ),
    notTo(
      'shells-do-not-know-each-other',
      'Two thin shells around the same services.',
      { path: '^main/(electron|web)/' },
      { path: '^main/(electron|web)/', pathNot: '^main/$1/' },
    ),
    notTo(
      'services-meet-in-create-services',
      'A service gets another through create-services, never by importing its insides; its types are its face.',
      { path: '^main/services/([^/]+)/' },
      {
        path: '^main/services/([^/]+)/',
        pathNot: '^main/services/($1|storage)/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    notTo(
      'features-do-not-know-each-other',
      'A feature meets another through stores and commands.',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    ),
    notTo(
      'ui-knows-no-state',
      'ui parts take props and give events.',
      { path: '^renderer/ui/' },
      { path: '^renderer/(api|stores|commands|fields|features)/' },
    ),
    notTo(
      'stores-know-only-the-api',
      'Stores are below commands and features.',
      { path: '^renderer/stores/' },
      { path: '^renderer/(commands|fields|features|ui)/' },
    ),
    notTo(
      'fields-know-no-features',
      'Fields are shared by features.',
      { path: '^renderer/fields/' },
      { path: '^renderer/features/' },
    ),
    notTo(
      'commands-know-no-features',
      'Features use commands, not the other way.',
      { path: '^renderer/commands/' },
      { path: '^renderer/features/' },
    ),
    notTo(
      'only-threads-parse',
      'A parser is made in the threads alone: neither the window nor main ever waits for one.',
      { pathNot: '^tests/|^main/services/[^/]+/[^/]+-worker\\.ts$|^shared/python/parser\\.ts$' },
      {
        path: '^shared/python/parser\\.ts$|node_modules/(web-tree-sitter|tree-sitter-python)/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    notTo(
      'threads-are-started-not-imported',
      'The code of a thread that is imported would run on the thread of who imports it.',
      { pathNot: '^tests/' },
      { path: '^(main|renderer)/.*-worker\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    notTo(
      'product-does-not-import-tests',
      'Nothing imports tests.',
      { pathNot: '^tests/' },
      { path: '^tests/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache|release)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
