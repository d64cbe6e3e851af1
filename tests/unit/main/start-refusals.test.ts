import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalWords, type Start, startRefusals } from '../../../src/main/start-refusals.ts'

const start = (part: Partial<Start>): Start => ({ argv: ['/opt/tuppence'], execArgv: [], env: {}, platform: 'linux', ...part })
const given = (...args: string[]) => startRefusals(start({ argv: ['/opt/tuppence', ...args] }))
const inWindows = (...args: string[]) => startRefusals(start({ argv: ['C:\\tuppence.exe', ...args], platform: 'win32' }))
const withVariable = (name: string, value: string) => startRefusals(start({ env: { PATH: '/bin', [name]: value } }))

/** electronjs.org/docs/latest/api/command-line-switches, and Chromium's own that let somebody in or through. */
const dangerous = [
  'inspect', 'inspect-brk', 'inspect-port', 'inspect-publish-uid', 'inspect-wait', 'remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address',
  'remote-allow-origins', 'no-sandbox', 'disable-setuid-sandbox', 'disable-gpu-sandbox', 'single-process', 'in-process-gpu', 'disable-web-security',
  'disable-site-isolation-trials', 'allow-file-access-from-files', 'allow-running-insecure-content', 'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list', 'host-rules', 'host-resolver-rules', 'proxy-server', 'proxy-pac-url', 'proxy-bypass-list', 'no-proxy-server',
  'auth-server-whitelist', 'load-extension', 'disable-extensions-except', 'js-flags', 'user-data-dir', 'enable-logging', 'log-file', 'log-net-log',
  'net-log-capture-mode', 'ssl-key-log-file', 'enable-features', 'disable-features', 'enable-blink-features', 'renderer-cmd-prefix', 'browser-subprocess-path',
  'gpu-launcher', 'utility-cmd-prefix', 'ppapi-plugin-path', 'register-pepper-plugins', 'test-type', 'enable-automation', 'force-fieldtrials', 'vmodule',
  'require', 'import', 'eval', 'r', 'e', 'use-openssl-ca', 'tls-keylog', 'a-switch-that-comes-next-year',
]

/** nodejs.org/api/cli.html#environment-variables and electronjs.org/docs/latest/api/environment-variables. */
const dangerousVariables = [
  'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_USE_SYSTEM_CA', 'NODE_USE_ENV_PROXY', 'NODE_PATH', 'NODE_COMPILE_CACHE', 'NODE_DEBUG',
  'NODE_V8_COVERAGE', 'NODE_REDIRECT_WARNINGS', 'NODE_REPL_EXTERNAL_MODULE', 'NODE_WHAT_COMES_NEXT', 'SSLKEYLOGFILE', 'ELECTRON_RUN_AS_NODE', 'ELECTRON_RENDERER_URL',
  'ELECTRON_ENABLE_LOGGING', 'ELECTRON_LOG_FILE', 'ELECTRON_ENABLE_STACK_DUMPING', 'ELECTRON_NO_ASAR', 'ELECTRON_FORCE_IS_PACKAGED', 'ELECTRON_LOG_ASAR_READS',
]

describe('a start that a production build refuses', () => {
  it.each(dangerous)('P7 with --%s, however it is spelt', (name) => {
    const reasons = [`--${name}`]
    const spellings = [[`--${name}`], [`-${name}`], [`--${name}=0`], [`--${name.toUpperCase()}`], [` --${name}\t`], ['--', `--${name}`], ['.', `--${name}`, `--${name}=1`]]
    for (const args of spellings) expect(given(...args), args.join(' ')).toEqual(reasons)
    expect(inWindows(`/${name}`)).toEqual(reasons)
    expect(inWindows(`/${name.toUpperCase()}=C:\\x`)).toEqual(reasons)
    expect(startRefusals(start({ execArgv: [`--${name}`] }))).toEqual(reasons)
  })

  it.each(dangerousVariables)('P7 with %s in the environment', (name) => {
    expect(withVariable(name, '1')).toEqual([`${name} in the environment`])
    expect(withVariable(name.toLowerCase(), '1')).toEqual([`${name} in the environment`])
    expect(withVariable(name, '')).toEqual([])
  })

  it('P7 names each reason once, and all of them', () => {
    const both = start({ argv: ['x', '--inspect', '--inspect=0', '--no-sandbox'], execArgv: ['--inspect'], env: { NODE_OPTIONS: '-r x', SSLKEYLOGFILE: '/x' } })
    expect(startRefusals(both)).toEqual(['--inspect', '--no-sandbox', 'NODE_OPTIONS in the environment', 'SSLKEYLOGFILE in the environment'])
  })
})

describe('a start that a production build allows', () => {
  it.each([
    [[]],
    [['/opt/app.asar']],
    [['--kiosk']],
    [['--lang=de', '--force-device-scale-factor=2', '--disable-gpu', '--ozone-platform=wayland', '--force-renderer-accessibility']],
    [['-psn_0_123456']],
    [['--', '-', '']],
    [['tuppence://offer/1', '/home/ada/--inspect', '—inspect']],
  ])('is one with %j', (args) => expect(given(...args)).toEqual([]))

  it('is one with what a session usually has', () => {
    const env = { PATH: '/bin', HOME: '/home/ada', LANG: 'de_DE.UTF-8', NODE_ENV: 'production', NODE_VERSION: '24', ELECTRON_OVERRIDE_DIST_PATH: '/x', NODENV_ROOT: '/x' }
    expect(startRefusals(start({ env, execArgv: ['--disable-warning=ExperimentalWarning'] }))).toEqual([])
  })
})

describe('what is said about it', () => {
  it('P10 holds names, of letters only, and nothing that was typed', () => {
    const piece = fc.oneof(fc.constantFrom('-', '--', '/', '=', ' ', 'NODE_', 'inspect', 'kiosk', '4242424242424242'), fc.string({ maxLength: 12, unit: 'grapheme' }))
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(fc.array(text), fc.array(text), fc.dictionary(text, text), fc.constantFrom('linux', 'win32', 'darwin'), (argv, execArgv, env, platform) => {
        for (const reason of startRefusals({ argv: ['x', ...argv], execArgv, env, platform })) {
          expect(reason).toMatch(/^(--[a-z][a-z-]*|a switch with an odd name|((?:[A-Z_]|V8)+|a variable that begins with NODE_) in the environment)$/)
        }
      }),
      { numRuns: 2_000 },
    )
    expect(given('--pin=2580', '--4242424242424242')).toEqual(['--pin', 'a switch with an odd name'])
    expect(withVariable('NODE_4242424242424242', 'x')).toEqual(['a variable that begins with NODE_ in the environment'])
  })

  it('P7 comes for a switch exactly where Chromium sees one that is not on the list', () => {
    /** Chromium's rules once more, letter by letter: trim, then the longest prefix, then all up to the first `=`. */
    const seenByChromium = (argument: string, platform: string): string | null => {
      const text = argument.trim()
      const prefix = ['--', '-', ...(platform === 'win32' ? ['/'] : [])].find((one) => text.startsWith(one))
      if (prefix === undefined || text.length === prefix.length) return null
      const end = text.indexOf('=')
      return text.slice(prefix.length, end === -1 ? undefined : Math.max(end, prefix.length)).toLowerCase()
    }
    const harmless = ['kiosk', 'lang', 'disable-gpu', 'force-device-scale-factor', 'force-renderer-accessibility', 'ozone-platform']
    const name = fc.oneof(fc.constantFrom(...dangerous, ...harmless), fc.string({ maxLength: 8 }))
    const argument = fc.tuple(fc.constantFrom('', ' ', '\t'), fc.constantFrom('', '-', '--', '---', '/', '—'), name, fc.constantFrom('', '=', '=1', ' ')).map((parts) => parts.join(''))
    fc.assert(
      fc.property(argument, fc.constantFrom('linux', 'win32', 'darwin'), (text, platform) => {
        const seen = seenByChromium(text, platform)
        expect(startRefusals(start({ argv: ['x', text], platform })).length).toBe(seen === null || harmless.includes(seen) ? 0 : 1)
      }),
      { numRuns: 5_000 },
    )
  })

  it('says that nothing was charged and what to do, and explains a missing sandbox', () => {
    const words = refusalWords(['--inspect', 'NODE_OPTIONS in the environment'])
    expect(words).toContain('  --inspect\n  NODE_OPTIONS in the environment\n')
    expect(words).toContain('Nothing was charged.')
    expect(words).not.toContain('AppImage')
    expect(refusalWords(['--no-sandbox'])).toContain('AppImage')
  })
})
