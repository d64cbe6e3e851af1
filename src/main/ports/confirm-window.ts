/**
 * The separate trusted window, a new one for each challenge. After the answer it is closed, or stays to tell what became of
 * it where that is not a receipt; it never shows another challenge. Or one for questions about the household, one after the other.
 */
export interface ConfirmWindow {
  /** Opens the window, for a purchase where nothing else is said; resolves when it can be seen. `onClosed` is called once if the person closes it. */
  open(onClosed: () => void, what?: 'purchase' | 'questions'): Promise<void>
  /** Milliseconds for which it has been in front, unmoved and unresized; 0 when it is not open. */
  calmForMs(): number
  close(): void
}
