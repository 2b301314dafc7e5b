// Who may import what: each place of the program, and the places it may use. Everything else is refused.

/** Types of another place may be used where its code may not. */
const types = (place) => ({ place, typesOnly: true });

const places = {
  'app/protocol': [],
  'app/core': [],
  'app/session': ['app/protocol', 'app/core', types('app/storage')],
  'app/storage': ['app/protocol', 'app/core'],
  'app/stretch': ['app/protocol', 'app/core'],
  'app/media': ['app/protocol', 'app/core', 'app/storage'],
  'app/engine': ['app/protocol', 'app/core', 'app/stretch', types('app/session'), types('app/storage')],
  'app/scripts': ['app/protocol', 'app/core', 'app/session'],
  'app/sync': ['app/protocol', 'app/core', 'app/storage'],
  'app/demo': ['app/protocol', 'app/core'],
  'app/pwa': ['app/protocol', 'app/core'],
  'app/workers': [
    'app/protocol',
    'app/core',
    'app/session',
    'app/storage',
    'app/media',
    'app/engine',
    'app/sync',
    'app/scripts',
    'app/demo',
    'app/pwa',
  ],
  'app/editor': ['app/core', types('app/session'), types('app/protocol')],
  'app/ui': [
    'app/editor',
    'app/core',
    'app/protocol',
    types('app/session'),
    types('app/engine'),
    types('app/media'),
    types('app/storage'),
  ],
  worklets: ['app/protocol', 'app/stretch'],
};

const tests = '(\\.(test|fixture)\\.tsx?$|/testing/)';
const modules = '^node_modules/';

const pathsOf = (names) => names.map((name) => `^${name}/`);

const placeRules = Object.entries(places).flatMap(([place, uses]) => {
  const from = { path: `^${place}/`, pathNot: tests };
  const typed = uses.filter((use) => use.typesOnly).map((use) => use.place);
  const allowed = [place, ...typed, ...uses.filter((use) => !use.typesOnly)];
  const stays = {
    name: `${place} uses what it may`,
    severity: 'error',
    from,
    to: { path: '^(app|worklets|scripts|bench|e2e)/', pathNot: pathsOf(allowed) },
  };
  const usesTypes = {
    name: `${place} uses only types of others`,
    severity: 'error',
    from,
    to: { path: pathsOf(typed), dependencyTypesNot: ['type-only'] },
  };
  return typed.length > 0 ? [stays, usesTypes] : [stays];
});

/** Packages that belong to one kind of place. */
const packageRules = [
  {
    name: 'Solid is for the views',
    packages: 'solid-js|lucide-solid|@solid-primitives',
    users: '^app/(ui|page|main)',
  },
  { name: 'IndexedDB is for the store', packages: 'idb', users: '^app/storage' },
  { name: 'Workbox is for the service worker', packages: 'workbox-', users: '^app/pwa' },
  { name: 'the sandbox is for scripts', packages: '@jitl/|quickjs-', users: '^app/(scripts|workers)' },
  { name: 'worker proxies are made at the edges', packages: 'comlink', users: '^app/(workers|page|main)' },
].map(({ name, packages, users }) => ({
  name,
  severity: 'error',
  from: { path: '^(app|worklets)/', pathNot: [users, tests] },
  to: { path: `${modules}(${packages})` },
}));

module.exports = {
  forbidden: [
    ...placeRules,
    ...packageRules,
    {
      name: 'only main.tsx puts the page together',
      severity: 'error',
      from: { path: '^(app|worklets)/', pathNot: ['^app/page/', '^app/main\\.tsx$', tests] },
      to: { path: '^app/(page/|main\\.tsx$)' },
    },
    {
      name: 'the schema and the core use no package but the validator',
      severity: 'error',
      from: { path: '^app/(protocol|core)/', pathNot: tests },
      to: { path: modules, pathNot: `${modules}valibot` },
    },
    {
      name: 'nothing of Node in the page',
      severity: 'error',
      from: { path: '^(app|worklets)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no orphans',
      severity: 'error',
      from: { orphan: true, path: '^(app|worklets)/', pathNot: ['\\.d\\.ts$', '\\.css$'] },
      to: {},
    },
    {
      name: 'every import exists',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['\\?(url|worker|raw|inline)', '^virtual:', '\\.wasm'] },
    },
    {
      name: 'tests are used by nobody',
      severity: 'error',
      from: { pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: modules },
    exclude: { path: '^(dist|build)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['solid', 'import', 'browser', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css', '.json'],
    },
  },
};
