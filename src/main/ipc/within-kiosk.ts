/** What the launcher page can have in kiosk mode. Main decides it, whatever the page offers. */
import type { Handlers } from '../../contract/ipc/channel.ts'
import type { LauncherContract } from '../../contract/ipc/launcher.ts'

type All = Handlers<LauncherContract>
type Call = keyof All

/** The store, the start screen, and signing in for the turn, which the account's own rules allow where there are no members. */
const forAnybody: ReadonlySet<Call> = new Set<Call>([
  ...(['app.status', 'app.retry', 'catalogue.list', 'household.get', 'profiles.open', 'profiles.lock', 'profiles.touch'] as const),
  ...(['kiosk.get', 'kiosk.touch', 'kiosk.here', 'kiosk.finish', 'kiosk.leave', 'kiosk.setPin'] as const),
  ...(['account.get', 'account.signIn', 'account.cancelSignIn', 'account.signOut'] as const),
])

/** Besides for whoever is signed in for their turn: asking. Nothing of anybody's history or controls. */
const forVisitors: ReadonlySet<Call> = new Set<Call>(['purchase.request', 'purchase.settle'])

/**
 * Besides for whoever has opened their profile: what shows and asks. Nothing that opens a box of the system, writes a file, looks
 * after the ledger, changes who is in the household, or stays behind for the next person.
 */
const forMembers: ReadonlySet<Call> = new Set<Call>([
  ...(['purchase.request', 'purchase.settle', 'purchase.latest'] as const),
  ...(['history.search', 'history.summary', 'history.facets', 'history.purchase', 'disputes.open'] as const),
  ...(['statements.months', 'statements.get', 'insight.get'] as const),
  ...(['controls.get', 'controls.preview', 'controls.change', 'controls.loosen', 'controls.withdrawLoosening', 'controls.setReminder'] as const),
  ...(['exclusion.begin', 'exclusion.askReturn', 'household.setPin'] as const),
  ...(['monitoring.get', 'monitoring.answer', 'monitoring.thaw'] as const),
  ...(['family.get', 'requests.ask', 'requests.withdraw', 'requests.answer'] as const),
])

/** What the screens ask for of their own accord is answered as where every profile is locked. */
const otherwise: { readonly [N in Call]?: Awaited<ReturnType<All[N]>> } = {
  'purchase.request': { kind: 'refused', reason: 'profileLocked' },
  'purchase.latest': { kind: 'locked' },
  'controls.get': { kind: 'unavailable' },
  'family.get': { kind: 'locked' },
  'monitoring.get': { kind: 'locked' },
  'views.get': { kind: 'locked' },
  'views.keep': { kind: 'locked' },
}

export interface KioskCallsDeps {
  readonly isOn: () => boolean
  /** Whose profile is open. */
  readonly actor: () => string | null
  /** Somebody is signed in for their turn, in front of a kiosk that is no household's. */
  readonly isVisitor: () => boolean
  /** It is no household's, so that whoever wants to buy signs in. */
  readonly mayVisit: () => boolean
}

/** The handlers, which in kiosk mode refuse what is not for whoever is there. */
export function withinKiosk({ isOn, actor, isVisitor, mayVisit }: KioskCallsDeps, handlers: All): All {
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    const call = name as Call
    return [call, (input: unknown) => {
      const mayCall = !isOn() || forAnybody.has(call) || (forMembers.has(call) && actor() !== null) || (forVisitors.has(call) && isVisitor())
      // P10: how many purchases of others are open is nothing to whoever visits.
      if (mayCall && isOn() && actor() === null && call === 'purchase.settle') return settleUnseen(handlers)
      if (mayCall) return (handler as (input: unknown) => unknown)(input)
      if (call === 'purchase.request' && mayVisit()) return { kind: 'refused', reason: 'accountNeeded' }
      const answer = otherwise[call]
      if (answer) return answer
      throw new Error('not in kiosk mode')
    }] as const
  })
  return Object.fromEntries(guarded) as All
}

async function settleUnseen(handlers: All): Promise<{ stillOpen: number }> {
  await handlers['purchase.settle'](undefined)
  return { stillOpen: 0 }
}
