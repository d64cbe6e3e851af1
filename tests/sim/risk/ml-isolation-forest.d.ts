/** As much of the package as is used here; it brings no types of its own. Source: its README, 0.1.0. */
declare module 'ml-isolation-forest' {
  export class IsolationForest {
    constructor(options?: { readonly nEstimators?: number })
    train(rows: readonly (readonly number[])[]): void
    /** From 0 to 1, higher is stranger. */
    predict(rows: readonly (readonly number[])[]): number[]
  }
}
