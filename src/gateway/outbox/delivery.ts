import { setTimeout as delay } from 'node:timers/promises'
import type { Letter, Post, TextMessage } from './post.ts'

/** Hands messages over after the answer that they belong to, so that no answer tells by its time whether there was one. */
export interface Delivery {
  /** Whether anybody sends text messages for this gateway. */
  readonly canText: boolean
  /** Runs it after the answer. What it throws is reported. */
  readonly later: (job: () => Promise<void>) => void
  /** Tries again a few times; `onLost` hears when nobody took it. */
  readonly mail: (letter: Letter, onLost?: () => Promise<void>) => void
  readonly text: (message: TextMessage, onLost?: () => Promise<void>) => void
  /** Resolves when nothing is under way any more. */
  readonly settled: () => Promise<void>
  /** Tries nothing again from now on, and resolves when the last is done. */
  readonly close: () => Promise<void>
}

export interface DeliveryParts {
  readonly post: Post
  readonly onError: (error: unknown) => void
  /** Milliseconds before each further try. */
  readonly retriesMs?: readonly number[]
}

export function createDelivery({ post, onError, retriesMs = [1_000, 5_000, 30_000] }: DeliveryParts): Delivery {
  const underWay = new Set<Promise<void>>()
  const closing = new AbortController()

  function later(job: () => Promise<void>): void {
    const run = new Promise<void>((resolve) => setImmediate(resolve)).then(job).catch(onError)
    const tracked = run.finally(() => underWay.delete(tracked))
    underWay.add(tracked)
  }

  async function hand(send: () => Promise<void>, onLost: () => Promise<void>): Promise<void> {
    const failures: string[] = []
    for (const waitMs of [0, ...retriesMs]) {
      if (waitMs > 0) await delay(waitMs, undefined, { signal: closing.signal }).catch(() => {})
      if (waitMs > 0 && closing.signal.aborted) break
      try {
        return await send()
      } catch (error) {
        failures.push(nameAndCode(error))
      }
    }
    onError(new Error(`a message could not be handed over: ${failures.join(', ')}`))
    await onLost()
  }

  async function settled(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay)
  }

  const nothing = async () => {}
  return {
    canText: post.canText,
    later,
    mail: (letter, onLost = nothing) => later(() => hand(() => post.mail(letter), onLost)),
    text: (message, onLost = nothing) => later(() => hand(() => post.text(message), onLost)),
    settled,
    async close() {
      closing.abort()
      await settled()
    },
  }
}

/** All that is told of a failure: whoever refuses a message repeats in words whom it was for. Codes of systems and of SMTP (RFC 5321 §4.2). */
function nameAndCode(error: unknown): string {
  const { name, code, responseCode } = error as { readonly name?: unknown; readonly code?: unknown; readonly responseCode?: unknown }
  return [name, code, responseCode].filter((part) => (typeof part === 'string' && /^\w{1,40}$/.test(part)) || typeof part === 'number').join(' ')
}
