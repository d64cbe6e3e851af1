import type { Clock } from '../../src/main/ports/clock.ts'
import type { ConfirmWindow } from '../../src/main/ports/confirm-window.ts'

export interface FakeConfirmWindow extends ConfirmWindow {
  isOpen(): boolean
  /** How many windows were opened so far. */
  opened(): number
  /** The window is shown again, moved, resized or comes to the front. */
  disturb(): void
  /** The person closes the window. */
  closeByPerson(): void
  /** The next window cannot be opened. */
  failNext(error: Error): void
}

/** A window without a screen. As in Electron, every way of closing one tells its listener, at once. */
export function createFakeConfirmWindow(clock: Clock): FakeConfirmWindow {
  let listener: (() => void) | null = null
  let disturbedAtMs = 0
  let opened = 0
  let failure: Error | null = null

  function close(): void {
    const tell = listener
    listener = null
    tell?.()
  }

  return {
    isOpen: () => listener !== null,
    opened: () => opened,
    disturb() {
      disturbedAtMs = clock.monotonicMs()
    },
    closeByPerson: close,
    failNext(error) {
      failure = error
    },
    async open(onClosed) {
      opened += 1
      listener = onClosed
      disturbedAtMs = clock.monotonicMs()
      const thrown = failure
      failure = null
      if (thrown) throw thrown
    },
    calmForMs: () => (listener ? clock.monotonicMs() - disturbedAtMs : 0),
    close,
  }
}
