import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

/** The executable the `electron` package names, as `npx electron` would run it. */
export const electronPath = createRequire(import.meta.url)('electron') as unknown as string

export type Line = { what: string; value: unknown }
export type Run = {
  child: ChildProcess
  lines: Line[]
  /** Resolves with the first line of that kind, printed already or later. */
  line(what: string): Promise<Line>
  exit: Promise<number | null>
}

/** Runs an app as a user would; root must say that it does without Chromium's sandbox. */
export function run(args: string[], options: { env?: NodeJS.ProcessEnv; cwd?: string } = {}): Run {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(electronPath, [...root, ...args], { ...options, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'ignore'] })
  const lines: Line[] = []
  const waiting: { what: string; resolve: (line: Line) => void }[] = []
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (!text.startsWith('{')) return
    const line = JSON.parse(text) as Line
    lines.push(line)
    for (const each of waiting.filter(({ what }) => what === line.what)) each.resolve(line)
  })
  const line = (what: string) => {
    const known = lines.find((each) => each.what === what)
    return known ? Promise.resolve(known) : new Promise<Line>((resolve) => waiting.push({ what, resolve }))
  }
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return { child, lines, line, exit }
}

/** A process and all its descendants, by id. */
export function tree(pid: number): number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }]
    } catch {
      return []
    }
  })
  const below = (of: number): number[] => [of, ...parents.filter(({ parent }) => parent === of).flatMap((each) => below(each.pid))]
  return below(pid)
}

/** A zombie that nobody has waited for yet is as good as gone. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** TCP addresses on which any of the processes listens, as /proc/net/tcp writes them. */
export function listeningSockets(pids: number[]): string[] {
  const own = new Set(pids.flatMap((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
        try {
          return [/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]].filter((each) => each !== undefined)
        } catch {
          return []
        }
      })
    } catch {
      return []
    }
  }))
  const listening = '0A'
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter((columns) => columns[3] === listening && own.has(columns[9]!))
    .map((columns) => columns[1]!)
}
