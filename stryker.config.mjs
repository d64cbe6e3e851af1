// @ts-check
/**
 * `npm run mutation`: changes the modules that money, log and life cycle rest on, one small thing at a time, and looks for a
 * test that notices.
 *
 * Left out: the words of errors and other texts (StringLiteral), which change nothing that is decided, apart from those in
 * conditions, which other mutators change; and mutants that act while a module loads (ignoreStatic), each of which would
 * need all tests in a process of its own. Options: https://stryker-mutator.io/docs/stryker-js/configuration/
 */
export default {
  mutate: [
    'src/domain/{money,life-cycle,ledger,marks,gateway-message,reconciliation,quote,challenge,chain,canonical}.ts',
    'src/main/adapters/sqlite/{anchor-keeper,check-log,verify-log,unbroken-chain,rows,write-event,writable-log,read-only-log}.ts',
    'src/main/adapters/sqlite/{history,log-secrets,open-event-log,open-today,preflight,storage-error,signature-finding}.ts',
    'src/main/adapters/sqlite/{diagnose-log,repair-log,replacement,backup-files,copy-log,log-backups,verify-folder}.ts',
  ],
  mutator: { excludedMutations: ['StringLiteral'] },
  ignoreStatic: true,
  testRunner: 'vitest',
  vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // There is none of that name: rewriting tsconfig.json needs the compiler's programming interface, which TypeScript 7 lacks.
  tsconfigFile: 'tsconfig.none.json',
  concurrency: 2,
  timeoutMS: 20_000,
  tempDirName: 'out/mutation/sandbox',
  ignorePatterns: ['out', 'docs', '.git'],
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'out/mutation/report.json' },
  allowConsoleColors: false,
  thresholds: { high: 95, low: 90, break: null },
}
