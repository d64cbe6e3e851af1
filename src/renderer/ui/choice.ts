/** One of several values to choose from. */
export interface Choice<V extends string> {
  readonly value: V
  readonly label: string
}
