// @ts-check
/**
 * Who may import whom. Arrows point down only:
 *
 *   renderer, preload, main, gateway  →  domain, contract
 *
 * `npm run check` enforces it (scripts/imports.mjs), and also fails when a rule below matches no
 * module at all: a rule about a folder that has moved would otherwise hold for ever.
 *
 * @type {import('dependency-cruiser').IForbiddenRuleType[]}
 */
const forbidden = [
  {
    name: 'no-cycle',
    comment: 'Modules that need each other are one module, or want a third.',
    severity: 'error',
    from: { path: '^(src|tools|tests|scripts)/' },
    to: { circular: true },
  },
  {
    name: 'no-orphan',
    comment: 'Nobody imports it and it imports nobody.',
    severity: 'error',
    from: { path: '^src/', orphan: true, pathNot: '[.]d[.]ts$' },
    to: {},
  },
  {
    name: 'resolvable',
    comment: 'What it imports is not there.',
    severity: 'error',
    from: { path: '^(src|tools|tests|scripts)/' },
    to: { couldNotResolve: true, pathNot: '^(devtools-protocol$|virtual:)' },
  },
  {
    name: 'domain-imports-nothing',
    comment: 'Pure decisions: no input or output, no clock, no randomness.',
    severity: 'error',
    from: { path: '^src/domain/' },
    to: { pathNot: ['^src/domain/', '^node_modules/(dinero[.]js|canonicalize|temporal-polyfill|temporal-utils|temporal-spec)/'] },
  },
  {
    name: 'contract-imports-valibot-only',
    comment: 'Every side reads the contract, so it can belong to none of them.',
    severity: 'error',
    from: { path: '^src/contract/' },
    to: { pathNot: ['^src/contract/', '^node_modules/valibot/'] },
  },
  {
    name: 'ports-are-types',
    comment: 'A port says what main needs in its own words, not how it is got.',
    severity: 'error',
    from: { path: '^src/main/ports/' },
    to: { pathNot: '^src/(main/ports|domain|contract)/' },
  },
  {
    name: 'usecases-know-ports-only',
    comment: 'A use case runs against fakes as well as against the real thing.',
    severity: 'error',
    from: { path: '^src/main/usecases/' },
    to: { pathNot: '^src/(main/(usecases|ports)|domain|contract)/' },
  },
  {
    name: 'adapters-know-ports-only',
    comment: 'Adapters serve ports; what is done with them is none of their business.',
    severity: 'error',
    from: { path: '^src/main/adapters/' },
    to: { path: '^src/', pathNot: '^src/(main/(adapters|ports)|domain|contract)/' },
  },
  {
    name: 'ipc-and-windows-are-edges',
    comment: 'They are wired to use cases and adapters by the composition root.',
    severity: 'error',
    from: { path: '^src/main/(ipc|windows)/' },
    to: { path: '^src/', pathNot: '^src/(main/(ipc|windows|ports)|domain|contract)/' },
  },
  {
    name: 'sandbox-is-wired-at-the-root-only',
    comment: 'A production build leaves the sandbox out by leaving out one import.',
    severity: 'error',
    from: { path: '^src/main/', pathNot: '^src/main/(sandbox/|index[.]ts$)' },
    to: { path: '^src/main/sandbox/' },
  },
  {
    name: 'main-imports-down',
    comment: 'Main → domain, contract.',
    severity: 'error',
    from: { path: '^src/main/' },
    to: { path: '^src/', pathNot: '^src/(main|domain|contract)/' },
  },
  {
    name: 'nobody-imports-the-root',
    comment: 'The composition root knows all parts and none knows it.',
    severity: 'error',
    from: { path: '^(src|tests|scripts)/' },
    to: { path: '^src/main/index[.]ts$' },
  },
  {
    name: 'gateway-imports-down',
    comment: "Gateway → domain, contract. It is another machine's program.",
    severity: 'error',
    from: { path: '^src/gateway/' },
    to: { path: '^src/', pathNot: '^src/(gateway|domain|contract)/' },
  },
  {
    name: 'preload-imports-the-contract',
    comment: 'A bridge is derived from the contract; nothing by hand.',
    severity: 'error',
    from: { path: '^src/preload/' },
    to: { pathNot: ['^src/(preload|contract)/', '^node_modules/(electron|valibot)/'] },
  },
  {
    name: 'renderer-imports-the-contract',
    comment: 'Renderer → contract.',
    severity: 'error',
    from: { path: '^src/renderer/' },
    to: { path: '^src/', pathNot: '^src/(renderer|contract)/' },
  },
  {
    name: 'renderer-has-no-node',
    comment: 'P7: a page holds no secret and no Node.',
    severity: 'error',
    from: { path: '^src/renderer/', pathNot: '^src/renderer/vite-plugins[.]ts$' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'launcher-knows-no-confirm',
    comment: 'The two windows trust each other with nothing.',
    severity: 'error',
    from: { path: '^src/renderer/launcher/' },
    to: { path: '^src/renderer/confirm/' },
  },
  {
    name: 'confirm-knows-no-launcher',
    comment: 'The two windows trust each other with nothing.',
    severity: 'error',
    from: { path: '^src/renderer/confirm/' },
    to: { path: '^src/renderer/launcher/' },
  },
  {
    name: 'shared-pages-know-no-window',
    comment: 'What both windows use belongs to neither.',
    severity: 'error',
    from: { path: '^src/renderer/', pathNot: '^src/renderer/(launcher|confirm)/' },
    to: { path: '^src/renderer/(launcher|confirm)/' },
  },
  {
    name: 'launcher-contract-knows-no-confirm',
    comment: 'P7: what the launcher can call is a list of its own.',
    severity: 'error',
    from: { path: '^src/(preload/launcher[.]ts$|renderer/launcher/)' },
    to: { path: '^src/contract/ipc/confirm[.]ts$' },
  },
  {
    name: 'confirm-contract-knows-no-launcher',
    comment: 'P7: what the confirm window can call is a list of its own.',
    severity: 'error',
    from: { path: '^src/(preload/confirm[.]ts$|renderer/confirm/)' },
    to: { path: '^src/contract/ipc/launcher[.]ts$' },
  },
  {
    name: 'electron-at-the-edges',
    comment: 'Everything else runs, and is tested, in plain Node.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(main/((index|refuse-start)[.]ts$|windows/|ipc/|sandbox/|adapters/)|preload/)' },
    to: { path: '^node_modules/electron/' },
  },
  {
    name: 'keychain-behind-the-vault',
    comment: 'P6: credentials pass through one port.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/main/adapters/vault/' },
    to: { path: '^node_modules/keytar/' },
  },
  {
    name: 'pins-and-codes-behind-the-credentials',
    comment: 'P6: what a person types to say who they are is hashed and compared in one place of the app, and in one of the gateway.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(main/adapters/credentials|gateway/(accounts|pages))/' },
    to: { path: '^node_modules/(@node-rs/argon2|otpauth|qrcode)/' },
  },
  {
    name: 'sqlite-behind-the-stores',
    comment: 'P3: one place writes the log, another the gateway’s store.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(main/adapters/sqlite|gateway/store)/' },
    to: { path: '^node_modules/(better-sqlite3|kysely)/' },
  },
  {
    name: 'foreign-files-behind-the-import-reader',
    comment: 'What others wrote is taken apart in one place, in a thread of its own, which reaches nothing else.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/main/adapters/import/' },
    to: { path: '^node_modules/(csv-parse|htmlparser2)/' },
  },
  {
    name: 'import-reader-only-reads',
    comment: 'P10: a file of others makes nothing happen.',
    severity: 'error',
    from: { path: '^src/main/adapters/import/' },
    to: { path: ['^src/main/adapters/(?!import/)', '^node_modules/electron/', '^(node:)?(child_process|vm|http|https|http2|net|tls|dgram)$'] },
  },
  {
    name: 'network-behind-the-gateway-adapter',
    comment: 'P10: nothing leaves the device but what a purchase needs.',
    severity: 'error',
    from: { path: '^src/main/', pathNot: '^src/main/adapters/gateway/' },
    to: { path: ['^node_modules/undici/', '^(node:)?(http|https|http2|net|tls|dgram)$'] },
  },
  {
    name: 'product-knows-no-tools',
    comment: 'The app does not know what it runs on, nor that it is tested.',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^(tools|tests|scripts)/' },
  },
  {
    name: 'runtime-knows-no-product',
    comment: 'Electron on Chromium runs any app.',
    severity: 'error',
    from: { path: '^tools/' },
    to: { path: '^(src|scripts)/' },
  },
  {
    name: 'conformance-knows-electron-only',
    comment: "It states Electron's documented behaviour, whatever provides it.",
    severity: 'error',
    from: { path: '^tests/conformance/' },
    to: { path: '^(src|tools|scripts)/' },
  },
  {
    name: 'tests-know-no-runtime',
    comment: 'A test that passes on one runtime only proves something about that runtime.',
    severity: 'error',
    from: { path: '^tests/(e2e|support|bench|tour|property|contract)/' },
    to: { path: '^tools/' },
  },
]

export default {
  forbidden,
  /** @type {import('dependency-cruiser').ICruiseOptions} */
  options: {
    // TypeScript 7 has no API for tools to use; swc reads the same sources.
    parser: 'swc',
    // Imports of types count: they too say who knows whom.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default', 'require'],
    },
  },
}
