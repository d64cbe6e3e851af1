/**
 * The separate trusted window, a new one for each challenge. After the answer it is closed, or stays to tell what became of
 * it where that is not a receipt; it never shows another challenge.
 */
export interface ConfirmWindow {
  /** Opens the window; resolves when it can be seen. `onClosed` is called once if the person closes it. */
  open(onClosed: () => void): Promise<void>
  /** Milliseconds for which it has been in front, unmoved and unresized; 0 when it is not open. */
  calmForMs(): number
  close(): void
}
