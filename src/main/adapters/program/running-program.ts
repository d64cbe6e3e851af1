/** The program as it runs, asked in ways that say what is and not what was wanted. */
import { app, type WebContents } from 'electron'
import type { Seen } from '../../../domain/posture.ts'
import type { RunningProgram } from '../../ports/running-program.ts'
import { fuseFile, readFuseWire } from './fuse-wire.ts'
import { keptFiles } from './kept-files.ts'
import { hasMoreFilters } from './linux-sandbox.ts'

export interface RunningProgramOptions {
  readonly dataFolder: string
  /** Of the windows that show something. */
  readonly pages: () => readonly WebContents[]
  readonly denied: RunningProgram['denied']
  readonly sqliteVersion: () => string
}

const keychains: Partial<Record<NodeJS.Platform, string>> = { linux: 'secretService', darwin: 'macKeychain', win32: 'windowsCredentials' }

/** How long a page may take to answer, in milliseconds. */
const pageTimeoutMs = 2_000

/** Asked in the page's own world. A bridge is there only where it is isolated: Electron makes none otherwise (contextBridge). */
const question = '[typeof require, typeof process, typeof module, typeof Buffer, typeof (globalThis.tuppence ?? globalThis.confirmation)].join()'
const isolatedAnswer = 'undefined,undefined,undefined,undefined,object'

export function createRunningProgram({ dataFolder, pages, denied, sqliteVersion }: RunningProgramOptions): RunningProgram {
  return {
    keychainService: keychains[process.platform] ?? 'other',
    async pages() {
      const asked = pages().filter((page) => !page.isDestroyed())
      const [sandboxed, isolated] = await Promise.all([Promise.all(asked.map(isSandboxed)), Promise.all(asked.map(isIsolated))])
      return { sandboxed: seen(sandboxed), isolated: seen(isolated) }
    },
    versions() {
      const { electron, chrome, node } = process.versions
      return { electron, chromium: chrome, node, sqlite: sqliteVersion() }
    },
    denied,
    files: () => keptFiles(dataFolder),
    async fuses() {
      const { isPackaged } = app
      return { isPackaged, wire: isPackaged ? await readFuseWire(fuseFile(process.execPath, process.platform)) : null }
    },
  }
}

function seen(answers: readonly (boolean | null)[]): Seen {
  return { total: answers.length, good: answers.includes(null) ? null : answers.filter(Boolean).length }
}

/** macOS and Windows tell Electron; on Linux the kernel tells whoever asks. */
async function isSandboxed(page: WebContents): Promise<boolean | null> {
  const pid = page.getOSProcessId()
  if (process.platform === 'linux') return hasMoreFilters(pid, process.pid)
  return app.getAppMetrics().find((metric) => metric.pid === pid)?.sandboxed ?? null
}

async function isIsolated(page: WebContents): Promise<boolean | null> {
  const late = Promise.withResolvers<null>()
  const timer = setTimeout(() => late.resolve(null), pageTimeoutMs)
  const answer: unknown = await Promise.race([page.executeJavaScript(question).catch(() => null), late.promise])
  clearTimeout(timer)
  return answer === null ? null : answer === isolatedAnswer
}
