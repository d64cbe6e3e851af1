import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/**
 * Ends what this process started and removes what it left, when this process is gone for any reason, kill -9 included.
 * It is a shell in a session of its own (so that killing our process group spares it) that reads its standard input
 * until the kernel closes it.
 */
export type Reaper = { watchProcess(child: ChildProcess): void; watchFolder(folder: string): void }

const script = `
trap '' TERM INT HUP
pids=; folders=$(mktemp) || exit 1
while IFS=' ' read -r what value; do
  case $what in
    +) pids="$pids $value" ;;
    -) left=; for pid in $pids; do [ "$pid" = "$value" ] || left="$left $pid"; done; pids=$left ;;
    d) printf '%s\\n' "$value" >>"$folders" ;;
  esac
done
waited=0
for pid in $pids; do
  while kill -0 "$pid" 2>/dev/null && [ "$waited" -lt 15 ]; do sleep 0.1; waited=$((waited + 1)); done
  kill -9 "$pid" 2>/dev/null
done
tries=0
while IFS= read -r folder; do
  until rm -rf "$folder" 2>/dev/null || [ "$tries" -ge 20 ]; do sleep 0.1; tries=$((tries + 1)); done
done <"$folders"
rm -f "$folders"
`

let shared: Reaper | undefined

/** Starts the reaper at its first use. */
export function reaper(): Reaper {
  return (shared ??= startReaper())
}

function startReaper(): Reaper {
  const shell = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  const { stdin } = shell
  stdin.on('error', () => {})
  shell.unref()
  // A pipe that keeps Node's loop alive would keep an app without windows from ending.
  if ('unref' in stdin) (stdin as unknown as { unref(): void }).unref()
  return {
    watchProcess(child) {
      stdin.write(`+ ${child.pid}\n`)
      child.once('exit', () => stdin.write(`- ${child.pid}\n`))
    },
    watchFolder: (folder) => void stdin.write(`d ${folder}\n`),
  }
}
