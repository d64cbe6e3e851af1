import type { Codec } from './codec.ts'

/** One end of the bridge between a page's own world and the preload's isolated world. */
export type Link = {
  /** Handles a message of the other end; the answer to a call is delivered before this returns. */
  receive(text: string): void
  /** Isolated world only: makes a frozen copy of the value a global of the page. */
  expose(key: string, value: unknown): void
  /** Calls a function the other end has given the name `name` (main world: of the hooks, isolated: of its services). */
  signal(name: string, ...args: unknown[]): unknown
}

type AnyFunction = (...args: unknown[]) => unknown

/**
 * Functions and promises cross as numbers that mean something only in the table of the end that owns them, so the worst
 * an end that has been taken over can do is call what it was given anyway. Self-contained: its text runs in pages.
 */
export function createLink(
  codec: Codec,
  post: (text: string) => void,
  services: { [name: string]: AnyFunction },
  replace: (value: object) => object,
): Link {
  'use strict'
  const { encode, decode } = codec
  const { apply, defineProperty, setPrototypeOf, getOwnPropertyDescriptor } = Reflect
  const { freeze } = Object
  const $Promise = Promise, $WeakMap = WeakMap, $Error = Error
  const { get: weakGet, set: weakSet } = $WeakMap.prototype
  const promiseThen = $Promise.prototype.then
  const { isError } = $Error as unknown as { isError(value: unknown): boolean }
  const world = globalThis
  const bare = <T extends object>(value: T): T => {
    setPrototypeOf(value, null)
    return value
  }

  const own: { [id: number]: AnyFunction } = bare({})
  const ownIds = new $WeakMap<AnyFunction, number>()
  const proxies = new $WeakMap<AnyFunction, number>()
  const proxyOf: { [id: number]: AnyFunction } = bare({})
  const settlers: { [id: number]: { resolve: AnyFunction; reject: AnyFunction } } = bare({})
  let lastId = 0
  let lastReply: { ok: boolean; value: unknown } | undefined

  const functionId = (value: AnyFunction): number => {
    // A function that came from the other end goes back as itself: negative ids are the receiver's own.
    const theirs = apply(weakGet, proxies, [value]) as number | undefined
    if (theirs !== undefined) return -theirs
    const known = apply(weakGet, ownIds, [value]) as number | undefined
    if (known !== undefined) return known
    lastId += 1
    apply(weakSet, ownIds, [value, lastId])
    own[lastId] = value
    return lastId
  }
  const promiseId = (value: Promise<unknown>): number => {
    lastId += 1
    const id = lastId
    const settle = (ok: boolean) => (result: unknown) => post(message('settle', id, ok, result))
    apply(promiseThen, value, [settle(true), settle(false)])
    return id
  }
  const outgoing = bare({ functionId, promiseId, replace })

  /** An error keeps its message alone; anything else that is thrown crosses as a value. */
  const message = (kind: string, id: number | string, ok: boolean, value: unknown): string => {
    try {
      return encode(bare({ kind, id, ok, value: !ok && isError(value) ? new $Error((value as Error).message) : value }), outgoing)
    } catch (error) {
      return encode(bare({ kind, id, ok: false, value: error }), outgoing)
    }
  }

  const call = (id: number | string, args: unknown[]): unknown => {
    post(message('call', id, true, args))
    return awaitReply()
  }
  const functionOf = (id: number): AnyFunction | undefined => {
    if (id < 0) return own[-id]
    const known = proxyOf[id]
    if (known) return known
    const proxy = (...args: unknown[]) => call(id, args)
    apply(weakSet, proxies, [proxy, id])
    return (proxyOf[id] = proxy)
  }
  const promiseOf = (id: number): Promise<unknown> =>
    new $Promise((resolve, reject) => {
      settlers[id] = bare({ resolve, reject }) as { resolve: AnyFunction; reject: AnyFunction }
    })
  const incoming = bare({ functionOf, promiseOf })
  const incomingFrozen = bare({
    functionOf: (id: number) => freeze(functionOf(id)),
    promiseOf,
    finish: (value: object) => void freeze(value),
  })

  const runCall = (id: number | string, args: unknown[]) => {
    const target = typeof id === 'string' ? services[id] : own[id]
    if (!target) return post(message('reply', 0, false, new $Error('No such function')))
    let ok = true
    let value: unknown
    try {
      value = apply(target, undefined, args)
    } catch (error) {
      ok = false
      value = error
    }
    post(message('reply', 0, ok, value))
  }
  const settle = (id: number, ok: boolean, value: unknown) => {
    const settler = settlers[id]
    if (!settler) return
    delete settlers[id]
    if (ok) settler.resolve(value)
    else settler.reject(value)
  }
  const define = (key: string, value: unknown) => {
    if (getOwnPropertyDescriptor(world, key)) {
      return post(message('reply', 0, false, new $Error('Cannot bind an API on top of an existing property on the window object')))
    }
    defineProperty(world, key, bare({ value, enumerable: true, configurable: false, writable: false }))
    post(message('reply', 0, true, undefined))
  }
  const awaitReply = (): unknown => {
    const reply = lastReply
    lastReply = undefined
    if (!reply) throw new $Error('The other end of the bridge has gone')
    if (!reply.ok) throw reply.value
    return reply.value
  }

  return bare({
    receive(text: string) {
      type Message = { kind: string; id: number | string; ok: boolean; value: unknown }
      const { kind, id, ok, value } = decode(text, incoming) as Message
      if (kind === 'call') runCall(id, value as unknown[])
      else if (kind === 'reply') lastReply = bare({ ok, value })
      else if (kind === 'settle') settle(id as number, ok, value)
      else if (kind === 'expose') define(id as string, decode(value as string, incomingFrozen))
    },
    expose(key: string, value: unknown) {
      post(message('expose', key, true, encode(value, outgoing)))
      awaitReply()
    },
    signal: (name: string, ...args: unknown[]) => call(name, args),
  })
}
