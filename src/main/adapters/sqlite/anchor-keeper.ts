import type { LogHead } from '../../ports/event-log.ts'
import { VaultError, type Vault } from '../../ports/vault.ts'
import { keepAnchor } from './log-secrets.ts'

export interface AnchorKeeper {
  /** Starts moving the anchor to the head, which is on the disk by now. Only to be called when caught up. */
  moveTo(head: LogHead): void
  /**
   * Resolves when the vault has the newest head, after one more try if moving it failed; a vault that stayed silent is not
   * asked again at once, or whoever waits would wait twice as long. Rejects with VaultError.
   */
  caughtUp(): Promise<void>
  /** Resolves when nothing is under way, whatever came of it. */
  settled(): Promise<void>
}

/** Keeps the anchor in the vault at most one event behind the log. `stored` is what the vault has now. */
export function anchorKeeper(vault: Vault, stored: LogHead | null): AnchorKeeper {
  let storedSeq = stored?.seq ?? 0
  let wanted: LogHead | null = stored
  let moving: Promise<void> = Promise.resolve()
  /** Whether somebody was told already that the vault stayed silent: the next one asks it again. */
  let isSilenceTold = false

  function move(head: LogHead): Promise<void> {
    isSilenceTold = false
    moving = keepAnchor(vault, head).then(() => {
      storedSeq = head.seq
    })
    // Whoever waits for it is told by caughtUp; until then a failure is not an unhandled rejection.
    moving.catch(() => {})
    return moving
  }

  return {
    moveTo(head) {
      wanted = head
      void move(head)
    },
    settled: () => moving.catch(() => {}),
    async caughtUp() {
      const failed = await moving.then(() => null, (error: unknown) => error)
      if (failed instanceof VaultError && failed.problem === 'timedOut' && !isSilenceTold) {
        isSilenceTold = true
        throw failed
      }
      if (wanted && storedSeq !== wanted.seq) await move(wanted)
    },
  }
}
