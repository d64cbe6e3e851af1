/**
 * What a person who starts Tuppence can be made to start it with: switches and variables that let another program look into
 * it, run code in it, or stand between it and the gateway. A production build that finds one does not start.
 *
 * The command line is an allow-list: Chromium and Node have some two thousand switches, and each version brings others.
 */

/** EX_USAGE of sysexits.h: it was started the wrong way. Nothing else in Tuppence exits with this code. */
export const refusalExitCode = 64

/** Let nothing in and nothing out: how the windows look, and Tuppence's own. */
const harmlessSwitches: ReadonlySet<string> = new Set([
  'disable-gpu',
  'force-device-scale-factor',
  'force-renderer-accessibility',
  'kiosk',
  'lang',
  'ozone-platform',
])

/** The number that the Finder of macOS gives to each process that it starts. */
const processSerialNumber = /^psn_\d+_\d+$/

/** Of Node's own options the one that only silences a warning. */
const harmlessNodeOptions: ReadonlySet<string> = new Set(['disable-warning'])

/** Node reads what begins with `NODE_`, and each version more of it (nodejs.org/api/cli.html, Environment variables). */
const harmlessNodeVariables: ReadonlySet<string> = new Set(['NODE_DISABLE_COLORS', 'NODE_ENV', 'NODE_NO_WARNINGS', 'NODE_VERSION'])

/** electronjs.org/docs/latest/api/environment-variables, electron-vite's own, and where TLS keys would be written. */
const refusedVariables: ReadonlySet<string> = new Set([
  'ELECTRON_ENABLE_LOGGING',
  'ELECTRON_ENABLE_STACK_DUMPING',
  'ELECTRON_FORCE_IS_PACKAGED',
  'ELECTRON_LOG_ASAR_READS',
  'ELECTRON_LOG_FILE',
  'ELECTRON_NO_ASAR',
  'ELECTRON_RENDERER_URL',
  'ELECTRON_RUN_AS_NODE',
  'SSLKEYLOGFILE',
])

export interface Start {
  /** `process.argv`: the program first. */
  readonly argv: readonly string[]
  /** `process.execArgv`: what Node took for itself. */
  readonly execArgv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
}

/**
 * Why not to start, each once, in words that hold names and never values; none when there is nothing against it. What comes
 * after `--` counts as well: no argument of Tuppence's begins with a dash.
 */
export function startRefusals({ argv, execArgv, env, platform }: Start): readonly string[] {
  const switches = argv.slice(1).map((argument) => switchName(argument, platform))
  const nodeOptions = execArgv.map((argument) => switchName(argument, platform))
  const variables = Object.keys(env).filter((name) => env[name] !== undefined && env[name] !== '')
  const refused = [
    ...switches.filter((name) => name !== null && !isHarmless(name)),
    ...nodeOptions.filter((name) => name !== null && !harmlessNodeOptions.has(name)),
  ]
  return [...new Set([...refused.map((name) => switchWords(name ?? '')), ...variables.filter(isRefusedVariable).map(variableWords)])]
}

/** What is said to whoever started it. */
export function refusalWords(reasons: readonly string[]): string {
  const sandbox = reasons.includes('--no-sandbox') ? [noSandboxHint] : []
  return [
    'Tuppence does not start, because it was started with',
    ...reasons.map((reason) => `  ${reason}`),
    'Other programs could look into it or change what it does. Nothing was charged.',
    ...sandbox,
    'Start it without them.',
  ].join('\n')
}

/** An AppImage adds the switch by itself where the system forbids what Chromium's sandbox is made of. */
const noSandboxHint = 'If you did not ask for --no-sandbox, this system allows no sandbox to an AppImage: install the package for your system instead.'

/**
 * The name that Chromium's base/command_line.cc reads: after one dash or two (or a slash on Windows), up to `=`, with blanks
 * around it ignored. In small letters, as on Windows; null where it is no switch.
 */
function switchName(argument: string, platform: NodeJS.Platform): string | null {
  const prefix = platform === 'win32' ? /^(?:--|-|\/)/ : /^--?/
  const trimmed = argument.trim()
  const name = trimmed.replace(prefix, '')
  if (name === trimmed || name === '') return null
  return (name.split('=', 1)[0] ?? '').toLowerCase()
}

const isHarmless = (name: string) => harmlessSwitches.has(name) || processSerialNumber.test(name)

/** Names of variables are the same in any case on Windows. */
function isRefusedVariable(name: string): boolean {
  const upper = name.toUpperCase()
  return refusedVariables.has(upper) || (upper.startsWith('NODE_') && !harmlessNodeVariables.has(upper))
}

/** A name of letters is told; any other may be a value with a dash before it. */
const switchWords = (name: string) => (/^[a-z][a-z-]{0,40}$/.test(name) ? `--${name}` : 'a switch with an odd name')

const variableWords = (name: string) =>
  `${/^(?:[A-Z_]|V8){1,40}$/.test(name.toUpperCase()) ? name.toUpperCase() : 'a variable that begins with NODE_'} in the environment`
