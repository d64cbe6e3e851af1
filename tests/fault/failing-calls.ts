/** Calls to the C library that fail in another process when they are told to; see `interpose.c`. Linux with a C compiler. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const kinds = { opens: 1, writes: 2, syncs: 4, reads: 8, names: 16, sockets: 32 } as const
export type CallKind = keyof typeof kinds

export type DiskError = 'ENOSPC' | 'EIO' | 'EMFILE' | 'EROFS'

export interface Failure {
  readonly calls: readonly CallKind[]
  readonly error: DiskError
  /** The first call that fails, from 1. */
  readonly nth: number
  /** Whether all calls after that fail as well. */
  readonly isLasting: boolean
}

export interface FailingCalls {
  /** For the process whose calls on files in the folder may fail. */
  readonly env: Readonly<Record<string, string>>
  arm(failure: Failure): void
  /** Ends all failing, and tells how many calls of the kind there were since `arm`. */
  disarm(): number
  dispose(): void
}

const source = fileURLToPath(new URL('./interpose.c', import.meta.url))
const built = fileURLToPath(new URL('../../out/fault', import.meta.url))

/** Where the compiled library lies. Throws where there is no C compiler. */
function compiled(): string {
  const library = join(built, `interpose-${process.pid}.so`)
  mkdirSync(built, { recursive: true })
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-o', library, source, '-ldl'])
  return library
}

/** `folder` must be a real path without links, as the kernel tells it. `file` is made, and must lie elsewhere. */
export function failingCalls(folder: string, file: string): FailingCalls {
  const library = compiled()
  const fd = openSync(file, 'w+')
  const write = (...fields: number[]) => void writeSync(fd, Int32Array.from(fields), 0, fields.length * 4, 0)
  write(0, 0, 0, 0, 0)
  return {
    env: { LD_PRELOAD: library, FAULT_FOLDER: folder, FAULT_CONTROL: file },
    arm({ calls, error, nth, isLasting }) {
      write(0, 0, 0, 0, 0)
      const bits = calls.reduce((sum, kind) => sum | kinds[kind], 0)
      write(bits, constants.errno[error], nth - 1, isLasting ? 1 : 0, 0)
    },
    disarm() {
      const found = new Int32Array(5)
      readSync(fd, found, 0, found.byteLength, 0)
      write(0, 0, 0, 0, 0)
      return found[4] ?? 0
    },
    dispose() {
      closeSync(fd)
      rmSync(library, { force: true })
    },
  }
}
