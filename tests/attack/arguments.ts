/**
 * What a second start of the app is told, and addresses that other programs have the system open. The app shows its window and does nothing else;
 * of the events by which systems hand over addresses and files there is nobody to hear.
 */
import { EventEmitter } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { App, BrowserWindow } from 'electron'
import { showWhenStartedAgain } from '../../src/main/windows/started-again.ts'
import type { Random } from '../crash/random.ts'
import { type AttackFigures, briefly, noFigures, noteAccepted, noteCrash } from './figures.ts'

const verbs = ['buy', 'approve', 'pay', 'confirm', 'purchase.request', 'challenge.approve', 'unlock', 'import', 'restore', '../../confirm']
const schemes = ['tuppence:', 'tuppence://', 'app://confirm/', 'app://launcher/', 'https://', 'file:///', 'javascript:', 'data:text/html,', 'web+tuppence:']
const switches = ['--buy', '--offer', '--approve', '--yes', '--pin', '--gateway', '--load-extension', '--remote-debugging-port', '--inspect', '--require', '--js-flags', '-psn_0_1', '--', '/c']
const odd = ['\u0000', '\u202E', 'x'.repeat(10_000), '%00', "';--", '$(pay)', '`pay`', '\n--approve', '', ' ', '💳']

function argument(random: Random): string {
  const word = random.pick([...verbs, ...odd])
  return random.pick([
    () => `${random.pick(schemes)}${word}?offerId=lamp-oil&approve=true&digest=${'d'.repeat(43)}`,
    () => `${random.pick(switches)}=${word}`,
    () => word,
    () => `${random.pick(switches)}${random.pick(odd)}`,
  ])()
}

export function argumentsOf(random: Random): string[] {
  return ['tuppence', ...Array.from({ length: random.below(6) }, () => argument(random))]
}

/** How systems hand over addresses, files and activities (Electron's documentation of `app`). */
export const handOvers = ['open-url', 'open-file', 'continue-activity', 'update-activity-state', 'new-window-for-tab', 'login', 'certificate-error', 'select-client-certificate']

/** Takes two calls, and tells of everything else. */
function watchedWindow(calls: string[]): BrowserWindow {
  const known = { show: () => void calls.push('show'), focus: () => void calls.push('focus') }
  return new Proxy({}, {
    get(_, key) {
      if (key === 'show' || key === 'focus') return known[key]
      throw new Error(`the window was asked for ${String(key)}`)
    },
  }) as BrowserWindow
}

/** Names that stand for listening to addresses and files; not one of them is in main's sources. */
function assertNobodyListens(figures: AttackFigures): void {
  const folder = fileURLToPath(new URL('../../src/main/', import.meta.url))
  const names = ['open-url', 'open-file', 'continue-activity', 'setAsDefaultProtocolClient']
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue
    const text = readFileSync(join(folder, file), 'utf8')
    for (const name of names) if (text.includes(name)) noteAccepted(figures, `${file} knows ${name}`)
  }
}

/** So many second starts and addresses. */
export async function attackArguments(count: number, random: Random): Promise<AttackFigures> {
  const figures = noFigures()
  assertNobodyListens(figures)
  const app = new EventEmitter()
  const calls: string[] = []
  const window = watchedWindow(calls)
  let isOpen = true
  showWhenStartedAgain(app as unknown as App, () => (isOpen ? window : null))
  for (let turn = 0; turn < count; turn += 1) {
    const argv = argumentsOf(random)
    isOpen = random.below(10) > 0
    calls.length = 0
    figures.attempts += 1
    try {
      const name = random.below(3) === 0 ? random.pick(handOvers) : 'second-instance'
      const wasHeard = app.emit(name, { preventDefault() {} }, name === 'second-instance' ? argv : argv.at(-1), '/', { approve: true })
      const isRight = name === 'second-instance' ? calls.join() === (isOpen ? 'show,focus' : '') : !wasHeard
      if (!isRight) noteAccepted(figures, `${name} ${briefly(argv)}: ${calls.join()}`)
    } catch (error) {
      noteCrash(figures, `${briefly(argv)}: ${String(error)}`)
    }
  }
  return Promise.resolve(figures)
}
