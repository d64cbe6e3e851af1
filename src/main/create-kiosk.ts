/** Puts together kiosk mode: whose turn it is, the window that nobody leaves, and the operator who ends it. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { ConfirmContract } from '../contract/ipc/confirm.ts'
import type { KioskView } from '../contract/ipc/kiosk.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import type { PreferencesStore } from './adapters/preferences/json-preferences.ts'
import type { createAccess } from './create-access.ts'
import type { Clock } from './ports/clock.ts'
import type { ConfirmWindow } from './ports/confirm-window.ts'
import { createOperator, type OperatorDeps } from './usecases/kiosk-operator.ts'
import { createKioskTurn } from './usecases/kiosk-turn.ts'
import { createKioskWindow, type KioskWindowDeps } from './windows/kiosk-window.ts'

export interface KioskDeps extends Pick<OperatorDeps, 'askBox' | 'credentials' | 'gateway' | 'language' | 'ledger'>, Pick<KioskWindowDeps, 'launcher' | 'load' | 'onUnexpected'> {
  readonly access: ReturnType<typeof createAccess>
  readonly clock: Clock
  readonly confirmWindow: ConfirmWindow & { closeAll(): void; prepareSoon(): void }
  /** Kiosk mode with this start, whatever was before. */
  readonly isForced: boolean
  /** Told when somebody's turn is over. */
  readonly onTurnOver: () => void
  readonly preferences: Pick<PreferencesStore, 'isKiosk' | 'setKiosk'>
  readonly tell: {
    readonly ask: () => void
    readonly changed: (view: KioskView) => void
    /** In the trusted window, that its question is cancelled soon. */
    readonly turn: (left: { leftMs: number | null }) => void
  }
}

/** How often it is looked at whether somebody is still there, in milliseconds. */
const lookEveryMs = 500

export function createKiosk(deps: KioskDeps) {
  const { access, confirmWindow, preferences, tell } = deps
  let on = deps.isForced || preferences.isKiosk()
  const isOn = () => on

  const kioskWindow = createKioskWindow({ ...deps, isOn, ask: tell.ask, onGone: () => turn.finish() })
  const turn = createKioskTurn({ ...deps, onOver: endTurn, onChanged: () => void show() })
  const operator = createOperator({ ...deps, ...access, ...access.profiles, isOn, turn: turnTo })

  /** P1: what is being asked is cancelled with it, and never approved. */
  function endTurn(): void {
    confirmWindow.close()
    access.profiles.lock()
    deps.onTurnOver()
    kioskWindow.loadAnew()
  }

  async function turnTo(next: boolean): Promise<void> {
    on = next
    confirmWindow.closeAll()
    kioskWindow.turned()
    turn.finish()
    confirmWindow.prepareSoon()
    await preferences.setKiosk(next).catch(deps.onUnexpected)
  }

  const leftMs = () => {
    const state = turn.state()
    return state.kind === 'warning' ? Math.ceil(state.leftMs) : null
  }

  async function view(): Promise<KioskView> {
    if (!on) return { kind: 'off' }
    const hasPin = await operator.hasPin()
    return { kind: 'on', hasPin, isInUse: turn.state().kind !== 'nobody', leftMs: leftMs() }
  }

  async function show(): Promise<void> {
    tell.turn({ leftMs: leftMs() })
    tell.changed(await view())
  }

  async function setPin(): ReturnType<typeof operator.setPin> {
    const set = await operator.setPin()
    // Whoever comes now is somebody else.
    if (on && set.kind === 'done') turn.finish()
    return set
  }

  function touch(): Record<string, never> {
    if (on) turn.touch()
    return {}
  }

  function look(): void {
    if (on) turn.look()
  }
  const timer = setInterval(look, lookEveryMs)

  return {
    isOn,
    touch: () => void touch(),
    revive: kioskWindow.revive,
    follow: kioskWindow.follow,
    stop() {
      clearInterval(timer)
      kioskWindow.stop()
    },
    handlers: {
      'kiosk.get': view,
      'kiosk.touch': touch,
      'kiosk.here': () => {
        kioskWindow.answered()
        return {}
      },
      'kiosk.finish': () => {
        if (on) turn.finish()
        return {}
      },
      'kiosk.begin': operator.begin,
      'kiosk.leave': operator.leave,
      'kiosk.setPin': setPin,
    } satisfies Pick<Handlers<LauncherContract>, Extract<keyof LauncherContract['calls'], `kiosk.${string}`>>,
    confirmHandlers: { 'window.touch': touch } satisfies Pick<Handlers<ConfirmContract>, 'window.touch'>,
  }
}
