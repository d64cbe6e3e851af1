import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronRuntime } from '../../scripts/lib/electron-runtime.mjs'
import { refusalExitCode, refusalWords } from '../../src/main/start-refusals.ts'
import { expect, test as base } from '../support/fixtures.ts'
import { layOutProduction } from '../support/production-app.ts'

const out = fileURLToPath(new URL('../../out', import.meta.url))

/** A display that nothing answers from: whoever wants a window knocks, and is counted. */
interface Display {
  readonly name: string
  knocks(): number
}

const test = base.extend<{ appDir: string; silentDisplay: Display }>({
  appDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tuppence-refusals-'))
    await use(await layOutProduction(folder, null, 'production'))
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  },
  silentDisplay: async ({}, use) => {
    let knocks = 0
    const { server, port } = await listen(6_000, 6_900, () => void (knocks += 1))
    await use({ name: `127.0.0.1:${port - 6_000}`, knocks: () => knocks })
    server.close()
  },
})

/** X11's display N is TCP port 6000 + N. The first of these ports that is free. */
async function listen(first: number, last: number, onKnock: () => void): Promise<{ server: Server; port: number }> {
  for (let port = first + 100 + (process.pid % 700); port < last; port += 1) {
    const server = createServer((socket) => {
      onKnock()
      socket.on('error', () => {})
    })
    server.listen(port, '127.0.0.1')
    const isMine = await Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)]).catch(() => false)
    if (isMine) return { server, port }
  }
  throw new Error('no free port for a display')
}

interface Attempt {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Before the app's path instead of after it. Node's own options take effect there. */
  readonly isFirst?: boolean
}

/** What a person's session has; what this test itself was started with is not the app's to judge. */
function sessionEnvironment(): Record<string, string> {
  const ours = /^(NODE_|ELECTRON_|SSLKEYLOGFILE$)/
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !ours.test(entry[0])))
}

const endsWithinMs = 30_000

function start(appDir: string, display: Display, dataDir: string, { args, env = {}, isFirst = false }: Attempt) {
  const child = spawn(electronRuntime().executable, isFirst ? [...args, appDir] : [appDir, ...args], {
    env: { ...sessionEnvironment(), DISPLAY: display.name, TUPPENCE_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()))
  // What does not refuse would run on.
  const tooLong = setTimeout(() => child.kill('SIGKILL'), endsWithinMs)
  const ended = once(child, 'close').then(([code]) => (clearTimeout(tooLong), code as number | null))
  return { child, ended, said: () => said }
}

/** Listening sockets of a process on Linux, as `/proc` tells; looked at again and again until it has ended. */
async function listeningSockets(pid: number, hasEnded: () => boolean): Promise<{ looks: number; listening: number }> {
  let looks = 0
  let listening = 0
  while (!hasEnded()) {
    const seen = await Promise.all([socketInodes(pid), listeningInodes(pid)]).catch(() => null)
    if (!seen) break
    looks += 1
    listening += seen[0].filter((inode) => seen[1].has(inode)).length
  }
  return { looks, listening }
}

async function socketInodes(pid: number): Promise<string[]> {
  const descriptors = await readdir(`/proc/${pid}/fd`)
  const links = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')))
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [])
}

async function listeningInodes(pid: number): Promise<ReadonlySet<string>> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => readFile(`/proc/${pid}/net/${table}`, 'utf8').catch(() => '')))
  const rows = tables.flatMap((table) => table.split('\n').slice(1).map((row) => row.trim().split(/\s+/)))
  return new Set(rows.filter((row) => row[3] === '0A').map((row) => row[9]!))
}

const secret = 'hunter-two'
const switches = [
  '--inspect', '--inspect-brk', '--remote-debugging-port=0', '--remote-debugging-pipe', '--no-sandbox', '--disable-web-security', '--ignore-certificate-errors',
  `--host-rules=MAP * ${secret}`, '--proxy-server=127.0.0.1:9', '--load-extension=/tmp', '--js-flags=--expose-gc', `--ssl-key-log-file=/tmp/${secret}`,
]
/** Together, as each start takes a while; `start-refusals.test.ts` tries each by itself. */
const more = [
  '-inspect-port=0', '--INSPECT-WAIT', '--remote-debugging-address=0.0.0.0', `--ignore-certificate-errors-spki-list=${secret}`, '--host-resolver-rules=MAP * 127.0.0.1',
  '--proxy-pac-url=data:,', '--disable-extensions-except=/tmp', `--user-data-dir=/tmp/${secret}`, '--enable-logging', '--log-net-log=/tmp/net.json',
]
const variables: Readonly<Record<string, string>> = {
  NODE_OPTIONS: '--max-old-space-size=512',
  ELECTRON_RUN_AS_NODE: '1',
  NODE_TLS_REJECT_UNAUTHORIZED: '0',
  NODE_EXTRA_CA_CERTS: fileURLToPath(import.meta.url),
  SSLKEYLOGFILE: `/tmp/${secret}`,
  ELECTRON_RENDERER_URL: `http://127.0.0.1/${secret}`,
  ELECTRON_ENABLE_LOGGING: '1',
}
const nameOf = (argument: string) => `--${argument.replace(/^-+/, '').split('=')[0]!.toLowerCase()}`
const attempts = [
  ...switches.map((argument) => ({ reasons: [nameOf(argument)], attempt: { args: [argument] } })),
  { reasons: more.map(nameOf), attempt: { args: more } },
  ...Object.entries(variables).map(([name, value]) => ({ reasons: [`${name} in the environment`], attempt: { args: [], env: { [name]: value } } })),
]

test('P7 a production build that is told to let somebody look in says what it was told, and is gone before any window, socket or file', async ({ appDir, silentDisplay, dataDir }) => {
  let looks = 0
  const refuse = async ({ reasons, attempt }: (typeof attempts)[number], index: number) => {
    const folder = join(dataDir, `${index}`)
    const { child, ended, said } = start(appDir, silentDisplay, folder, attempt)
    let hasEnded = false
    const [code, sockets] = await Promise.all([ended.finally(() => (hasEnded = true)), listeningSockets(child.pid!, () => hasEnded)])
    looks += sockets.looks
    expect({ reasons, code, listening: sockets.listening, wroteData: existsSync(folder) }).toEqual({ reasons, code: refusalExitCode, listening: 0, wroteData: false })
    expect(said()).toContain(refusalWords(reasons))
    expect(said()).not.toContain(secret)
  }
  const waiting = [...attempts.entries()]
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await refuse(next[1], next[0])
  }
  await Promise.all(Array.from({ length: 3 }, worker))
  expect(silentDisplay.knocks()).toBe(0)
  if (process.platform === 'linux') expect(looks).toBeGreaterThan(attempts.length)
})

test('a socket that listens would be seen', async () => {
  const child = spawn(process.execPath, ['-e', "require('node:net').createServer().listen(0, () => console.log('listening'))"])
  const ended = once(child, 'close')
  await once(child.stdout, 'data')
  let isOver = false
  const watched = listeningSockets(child.pid!, () => isOver)
  setTimeout(() => (isOver = true), 100)
  expect((await watched).listening).toBeGreaterThan(0)
  child.kill()
  await ended
})

test('P7 what a test driver adds before the app’s path is refused as well, with every name', async ({ appDir, silentDisplay, dataDir }) => {
  const { ended, said } = start(appDir, silentDisplay, join(dataDir, 'none'), { args: ['--inspect=0', '--remote-debugging-port=0'], isFirst: true })
  expect(await ended).toBe(refusalExitCode)
  expect(said()).toContain(refusalWords(['--inspect', '--remote-debugging-port']))
  expect(silentDisplay.knocks()).toBe(0)
})

test('a production build that is told nothing of the kind goes on to its window', async ({ appDir, silentDisplay, keychain, dataDir }) => {
  const folder = join(dataDir, 'data')
  const env = Object.fromEntries(Object.entries(keychain.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !/^(NODE_|ELECTRON_)/.test(entry[0])))
  const { child, ended, said } = start(appDir, silentDisplay, folder, { args: ['--lang=en'], env: { ...env, DISPLAY: silentDisplay.name } })
  await expect.poll(() => silentDisplay.knocks()).toBeGreaterThan(0)
  expect(existsSync(folder)).toBe(true)
  // Chromium cannot have its sandbox as root, so there a runtime may leave it out; it is not the app that is told so.
  const chromium = await chromiumOf(child.pid!)
  expect(chromium.includes('--no-sandbox')).toBe(chromium !== '' && process.getuid?.() === 0)
  expect(said()).not.toContain('does not start')
  child.kill('SIGKILL')
  await ended
})

/** The command line of the Chromium that a process has started as another one; empty where it is the same process. */
async function chromiumOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ''
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const statuses = await Promise.all(ids.map(async (id) => ({ id, stat: await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '') })))
  const children = statuses.filter(({ stat }) => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === `${pid}`)
  const commandLines = await Promise.all(children.map(({ id }) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
  return commandLines.find((one) => one.includes('--user-data-dir=')) ?? ''
}

test('the build that tests drive is the one that people install, less the refusals', async () => {
  const filesOf = async (build: string) => {
    const entries = await readdir(join(out, build), { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(join(out, build).length + 1)).sort()
  }
  const [production, testable] = await Promise.all([filesOf('production'), filesOf('testable')])
  const refusals = production.filter((name) => !testable.includes(name))
  expect(refusals).toEqual([expect.stringMatching(/^main.chunks.refusals-[\w-]+\.cjs$/)])
  expect(testable.filter((name) => !production.includes(name))).toEqual([])
  const textOf = (build: string, name: string) => readFile(join(out, build, name), 'latin1')
  const different: string[] = []
  for (const name of testable) if ((await textOf('production', name)) !== (await textOf('testable', name))) different.push(name)
  expect(different).toEqual(['main/index.cjs'])
  const lines = (await textOf('production', 'main/index.cjs')).split('\n')
  const call = `require("./${refusals[0]!.replace('main/', '')}");`
  expect(lines.filter((line) => line !== call).join('\n')).toBe(await textOf('testable', 'main/index.cjs'))
  // Before it come the helpers of the bundler, and nothing of Electron, of the app or of its native modules.
  const before = lines.slice(0, lines.indexOf(call)).filter((line) => line.includes('require('))
  expect(before).toEqual([expect.stringMatching(/^const require_rolldown_runtime = require\("\.\/chunks\/rolldown-runtime-[\w-]+\.cjs"\);$/)])
  const own = await textOf('production', refusals[0]!)
  expect(new Set([...own.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]))).toEqual(new Set(['node:fs', 'node:module', 'url']))
})
