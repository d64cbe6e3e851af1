import { savedViewsAtMost, type SavedView, type ViewsResult, type ViewsView } from '../../contract/ipc/views.ts'
import type { Controls } from '../../domain/controls.ts'
import { fold } from '../../domain/history/fold.ts'
import { LogStorageError } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { MemberViews, Views } from '../ports/views.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'

interface Deps {
  /** Whose profile is open. */
  readonly actor: Actor
  readonly ledger: LedgerAccess
  readonly views: Views
  readonly onUnexpected: (error: unknown) => void
}

/**
 * What a person looks at in the history, kept for them: what they looked at last, and what they saved under a name. Each member has their own,
 * and nobody else's are told. Those of members who were removed are forgotten.
 */
export function createKeepViews(deps: Deps) {
  const { views } = deps

  async function change(decide: (before: MemberViews) => MemberViews | 'full'): Promise<ViewsResult> {
    const decider = await whoKeeps(deps)
    if (!decider) return { kind: 'locked' }
    let isFull = false
    try {
      await views.change(decider.memberId, (before) => {
        const after = decide(before)
        isFull = after === 'full'
        return after === 'full' ? before : after
      })
      return { kind: isFull ? 'full' : 'ok' }
    } catch (error) {
      deps.onUnexpected(error)
      return { kind: 'notKept' }
    }
  }

  return {
    async get(): Promise<ViewsView> {
      const decider = await whoKeeps(deps)
      if (!decider) return { kind: 'locked' }
      const { last, saved } = await views.of(decider.memberId)
      // Whoever asked may have gone meanwhile.
      if ((await whoKeeps(deps))?.memberId !== decider.memberId) return { kind: 'locked' }
      return { kind: 'ok', last, saved: [...saved] }
    },

    /** Remembers what is looked at, for the next start. */
    keep: ({ address }: { address: string }) => change((before) => (before.last === address ? before : { ...before, last: address })),

    /** In place of one that is called the same, whatever its capitals and accents. */
    save: (view: SavedView) =>
      change((before) => {
        const others = before.saved.filter(({ name }) => !isSame(name, view.name))
        return others.length < savedViewsAtMost ? { ...before, saved: byName([...others, view]) } : 'full'
      }),

    remove: ({ name }: { name: string }) =>
      change((before) => {
        const others = before.saved.filter((view) => !isSame(view.name, name))
        return others.length < before.saved.length ? { ...before, saved: others } : before
      }),
  }
}

const isSame = (one: string, other: string): boolean => fold(one) === fold(other)

const byName = (views: readonly SavedView[]): SavedView[] => views.toSorted((one, other) => (fold(one.name) < fold(other.name) ? -1 : 1))

async function whoKeeps({ actor, ledger, onUnexpected, views }: Deps): Promise<Decider | null> {
  const controls = whoIsThere(ledger)
  const decider = controls && whoDecides(controls, actor)
  const removed = controls?.members?.filter(({ role }) => role === 'removed').map(({ memberId }) => memberId) ?? []
  if (removed.length > 0) await views.forget(removed).catch(onUnexpected)
  return decider
}

/** Null where the ledger cannot tell who there is. Without one there is nobody but the person at the computer. */
function whoIsThere(ledger: LedgerAccess): Pick<Controls, 'members'> | null {
  try {
    const log = ledger.log()
    if (log) return log.controls()
    return ledger.state() === 'vaultUnavailable' ? {} : null
  } catch (error) {
    if (error instanceof LogStorageError) return null
    throw error
  }
}
