/**
 * Yeses that come too soon: main's own confirm window, on a fake of Electron, is shown, moved, resized, hidden and brought to the front at any
 * time, clocks are set, and the page says yes whenever it likes. `electron` has to be the fake one before this is loaded.
 */
import type { BrowserWindow } from 'electron'
import { confirmContract } from '../../src/contract/ipc/confirm.ts'
import { launcherContract } from '../../src/contract/ipc/launcher.ts'
import { createConfirmWindow } from '../../src/main/windows/confirm-window.ts'
import type { Random } from '../crash/random.ts'
import type { FakeClock } from '../support/fake-clock.ts'
import { BrowserWindow as FakeWindow, newestWindow, resetElectron } from '../support/fake-electron.ts'
import { type AttackFigures, noFigures, noteAccepted, noteCrash, tell } from './figures.ts'
import { createServedWorld, type FakeOrRealWindow } from './served-world.ts'

const calmMs = 500
const stepsAtMost = 14

function realWindow(clock: FakeClock): FakeOrRealWindow {
  const launcher = new FakeWindow({}) as unknown as BrowserWindow
  const page = { preloadDir: '/app/preload', rendererDir: '/app/renderer', devServerUrl: 'app://launcher' }
  const window = createConfirmWindow({ clock, page, parent: () => launcher, theme: () => 'dark', isKiosk: () => false, onDisturbed: () => {} })
  const unused = () => {
    throw new Error('not of the real window')
  }
  return { ...window, isOpen: () => window.contents() !== null, opened: () => 0, disturb: unused, closeByPerson: unused, failNext: unused }
}

/** What happens to the window, as the attacker can bring it about from another one or by the window manager. */
const disturbances = ['show', 'focus', 'move', 'resize', 'hide and show', 'shown twice'] as const
/** What must not make it calm. */
const distractions = ['blur', 'clock forward', 'clock back', 'clock of next year', 'suspended', 'launcher asks again', 'page asks what is open'] as const

interface Attack {
  readonly world: ReturnType<typeof createServedWorld>
  readonly clock: FakeClock
  readonly random: Random
  disturbedAtMs: number
  readonly trace: string[]
}

function disturb(attack: Attack): void {
  const how = attack.random.pick(disturbances)
  const window = newestWindow()
  attack.trace.push(how)
  attack.disturbedAtMs = attack.clock.monotonicMs()
  if (how === 'hide and show') window.hide()
  if (how === 'hide and show' || how === 'shown twice') window.show()
  else window.emit(how)
}

function distract({ world, clock, random, trace }: Attack): void {
  const how = random.pick(distractions)
  trace.push(how)
  if (how === 'blur') newestWindow().emit('blur')
  if (how === 'clock forward') clock.set(clock.now() + random.below(5_000))
  if (how === 'clock back') clock.set(clock.now() - random.below(100_000))
  if (how === 'clock of next year') clock.set(clock.now() - 365 * 86_400_000)
  if (how === 'suspended') clock.suspend(random.below(3_000))
  if (how === 'launcher asks again') void world.call(launcherContract, 'purchase.request', { offerId: 'season-pass' }).catch(() => {})
  if (how === 'page asks what is open') void world.call(confirmContract, 'challenge.get').catch(() => {})
}

async function sayYes(attack: Attack, figures: AttackFigures): Promise<boolean> {
  const { world, clock, trace } = attack
  const challenge = world.pending.current()
  if (!challenge) return true
  const calmForMs = clock.monotonicMs() - attack.disturbedAtMs
  trace.push(`yes after ${calmForMs}`)
  figures.attempts += 1
  const answer = await world.call(confirmContract, 'challenge.approve', { challengeId: challenge.content.challengeId, digest: challenge.digest })
  const { kind } = answer as { kind: string }
  tell(figures, `${calmForMs < calmMs ? 'too soon' : 'in calm'}: ${kind}`)
  if (calmForMs < calmMs && kind !== 'tooSoon' && !isNo(answer)) noteAccepted(figures, trace.join(', '))
  if (kind === 'tooSoon' && world.gateway.charges.length > 0) noteAccepted(figures, `charged all the same: ${trace.join(', ')}`)
  return kind !== 'tooSoon'
}

/** The person is told that it has lapsed: the computer's clock says that more than two minutes have passed. */
const isNo = (answer: unknown) => (answer as { kind: string; reason?: string }).kind === 'refused'

const isShown = ({ confirmWindow }: Attack['world']) => confirmWindow.isOpen() && newestWindow().isVisible()

async function attackOnce(random: Random, figures: AttackFigures): Promise<void> {
  resetElectron()
  const world = createServedWorld(realWindow)
  const { clock } = world
  const outcome = world.call(launcherContract, 'purchase.request', { offerId: 'lamp-oil' })
  outcome.catch(() => {})
  for (let turn = 0; turn < 100 && !isShown(world); turn += 1) await Promise.resolve()
  const attack: Attack = { world, clock, random, disturbedAtMs: clock.monotonicMs(), trace: [] }
  for (let step = 0; step < stepsAtMost; step += 1) {
    clock.advance(random.pick([0, 1, 16, 100, 250, 400, 498, 499, 500, 501]))
    const turn = random.below(5)
    if (turn < 2) disturb(attack)
    else if (turn === 2) distract(attack)
    else if (await sayYes(attack, figures)) break
  }
  const charged = world.gateway.charges.length
  const approved = [...world.log.events()].filter(({ type }) => type === 'purchase.approved').length
  if (charged > approved || approved > 1) noteAccepted(figures, `${approved} approvals and ${charged} charges: ${attack.trace.join(', ')}`)
}

/** So many yeses. */
export async function attackTiming(count: number, random: Random): Promise<AttackFigures> {
  const figures = noFigures()
  while (figures.attempts < count) {
    try {
      await attackOnce(random, figures)
    } catch (error) {
      figures.attempts += 1
      noteCrash(figures, error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }
  if ((figures.told['in calm: succeeded'] ?? 0) === 0 && count >= 200) noteCrash(figures, 'no yes ever counted, so that nothing was shown')
  return figures
}
