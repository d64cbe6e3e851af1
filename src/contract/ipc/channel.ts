/**
 * The machinery of the IPC contract. A window has one table: `calls` (page → main, with an answer) and `events`
 * (main → page). Everything else (handler types, registration, preload bridge, the page's types) is derived from it.
 * Names are `topic.action`, and become `bridge.topic.action(input)` and `bridge.topic.onAction(listener)`.
 */
import type * as v from 'valibot'

export interface Call {
  readonly input: v.GenericSchema
  readonly output: v.GenericSchema
}

export interface Contract {
  /** Name of the global that the preload exposes in the page. */
  readonly bridge: string
  readonly calls: Readonly<Record<`${string}.${string}`, Call>>
  readonly events: Readonly<Record<`${string}.${string}`, v.GenericSchema>>
}

type Parsed<S> = S extends v.GenericSchema ? v.InferOutput<S> : never
type Part<E, K extends string> = E extends { readonly [P in K]: infer S } ? Parsed<S> : never
export type Input<C extends Contract, N extends keyof C['calls']> = Part<C['calls'][N], 'input'>
export type Output<C extends Contract, N extends keyof C['calls']> = Part<C['calls'][N], 'output'>
export type EventData<C extends Contract, N extends keyof C['events']> = Parsed<C['events'][N]>

/** What main must provide: one function for each call. Expected failures are values of the output, never throws. */
export type Handlers<C extends Contract> = {
  readonly [N in keyof C['calls']]: (input: Input<C, N>) => Output<C, N> | Promise<Output<C, N>>
}

type Topic<N> = N extends `${infer T}.${string}` ? T : never
type Action<N, T extends string> = N extends `${T}.${infer A}` ? A : never

type CallFunction<I, O> = undefined extends I ? () => Promise<O> : (input: I) => Promise<O>
/** Subscribing gives the function that ends the subscription. */
type EventFunction<D> = (listener: (data: D) => void) => () => void

/** What the page sees as `window[bridge]`. */
export type Bridge<C extends Contract> = {
  readonly [T in Topic<keyof C['calls']> | Topic<keyof C['events']>]: {
    readonly [A in Action<keyof C['calls'], T>]: CallFunction<
      Input<C, `${T}.${A}` & keyof C['calls']>,
      Output<C, `${T}.${A}` & keyof C['calls']>
    >
  } & {
    readonly [A in Action<keyof C['events'], T> as `on${Capitalize<A>}`]: EventFunction<
      EventData<C, `${T}.${A}` & keyof C['events']>
    >
  }
}

/** The wire names of a contract's calls. */
export type Channel<C extends Contract> = `${C['bridge']}:${keyof C['calls'] & string}`

/** The wire name of a call or event: the bridge's name keeps the windows' channels apart. */
export function channelName(contract: Contract, name: string): string {
  return `${contract.bridge}:${name}`
}

/** Splits `topic.action`. */
export function splitName(name: string): readonly [topic: string, action: string] {
  const dot = name.indexOf('.')
  return [name.slice(0, dot), name.slice(dot + 1)]
}

/** `changed` → `onChanged`: how an event is called on the bridge. */
export function eventMethod(action: string): string {
  return `on${action.charAt(0).toUpperCase()}${action.slice(1)}`
}
