/** Whether Linux itself filters the system calls of a process (seccomp, see proc_pid_status(5)). */
import { readFile } from 'node:fs/promises'

const filterMode = 2

/**
 * Chromium puts a filter before each process with a page. A container may have put one before all of them, so it has to be one more than
 * the main process has. Null where the system does not tell.
 */
export async function hasMoreFilters(pid: number, mainPid: number, read: (path: string) => Promise<string> = (path) => readFile(path, 'utf8')): Promise<boolean | null> {
  const [page, main] = await Promise.all([pid, mainPid].map((each) => read(`/proc/${each}/status`).catch(() => '')))
  const mode = numberIn(page, 'Seccomp')
  if (mode === null) return null
  if (mode !== filterMode) return false
  const [own, others] = [numberIn(page, 'Seccomp_filters'), numberIn(main, 'Seccomp_filters')]
  return own === null || others === null ? null : own > others
}

function numberIn(status = '', name: string): number | null {
  const found = new RegExp(`^${name}:\\s*(\\d+)$`, 'm').exec(status)?.[1]
  return found === undefined ? null : Number(found)
}
