/** How often who was spoken to, as a small JSON file. It stays on this computer (P10). */
import { readFile, rename, writeFile } from 'node:fs/promises'
import * as v from 'valibot'
import { HostSchema } from '../../../contract/ipc/posture.ts'
import type { ConnectionFacts } from '../../../domain/posture.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Connections, HostCount } from '../../ports/connections.ts'

/** Told by whatever makes connections, at the moment it does. */
export interface ConnectionWatch {
  connected(facts: Omit<ConnectionFacts, 'at'>): void
  /** Somebody answered who is not the gateway. */
  refused(host: string): void
  requested(host: string): void
}

export interface JsonConnections extends Connections {
  readonly watch: ConnectionWatch
  /** Resolves when everything that was counted is in the file, or cannot be. */
  idle(): Promise<void>
}

type Counter = 'connections' | 'refused' | 'requests'
type Counts = ReadonlyMap<string, HostCount>

/** The gateway's address is fixed; a file with more hosts is not one of ours. */
const hostsAtMost = 100

/** While the file cannot be read, what was counted waits; not without end. */
const waitingAtMost = 10_000

/** A file that is there and cannot be read is not written over. Counting goes on, and is never in the way of a request. */
export function createJsonConnections({ file, clock }: { readonly file: string; readonly clock: Pick<Clock, 'now'> }): JsonConnections {
  let last: ConnectionFacts | null = null
  let turn: Promise<unknown> = Promise.resolve()
  let known: Counts | null = null
  let waiting: ((counts: Counts) => Counts)[] = []

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work)
    turn = result.catch(() => {})
    return result
  }

  /** Everything that was counted meanwhile is written at once. */
  async function takeIn(): Promise<void> {
    known ??= await read(file)
    if (waiting.length === 0) return
    const [counted, now] = [known, waiting]
    waiting = []
    known = now.reduce((counts, count) => count(counts), counted)
    await write(file, known)
  }

  function count(host: string, what: Counter): void {
    const at = new Date(clock.now()).toISOString()
    if (waiting.length >= waitingAtMost) return
    waiting.push((counts) => plusOne(counts, host, what, at))
    if (waiting.length === 1) void inTurn(takeIn).catch(() => {})
  }

  return {
    last: () => last,
    async hosts() {
      // What cannot be written is known all the same; what cannot be read is not.
      await inTurn(takeIn).catch(() => {})
      return known && [...known.values()]
    },
    async idle() {
      await inTurn(takeIn).catch(() => {})
    },
    watch: {
      connected(facts) {
        last = { ...facts, at: new Date(clock.now()).toISOString() }
        count(facts.host, 'connections')
      },
      refused: (host) => count(host, 'refused'),
      requested: (host) => count(host, 'requests'),
    },
  }
}

function plusOne(counts: Counts, host: string, what: Counter, at: string): Counts {
  const before = counts.get(host) ?? { host, connections: 0, refused: 0, requests: 0, first: at, last: at }
  return new Map(counts).set(host, { ...before, [what]: before[what] + 1, last: at })
}

/** Rejects where the file is there and cannot be read. */
async function read(file: string): Promise<Counts> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '[]'
    throw error
  })
  return new Map(hostsIn(text).map((host) => [host.host, host]))
}

function hostsIn(text: string): HostCount[] {
  try {
    return v.parse(v.pipe(v.array(HostSchema), v.maxLength(hostsAtMost)), JSON.parse(text))
  } catch {
    return []
  }
}

/** Written beside and then renamed, so that a crash leaves the old file or the new one. */
async function write(file: string, counts: Counts): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify([...counts.values()], null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
