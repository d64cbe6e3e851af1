/**
 * Faults that a tester sets. Each is one entry of the table below: which requests it fits and what it does around them.
 * Nothing else in the gateway knows of faults, and live mode never loads any.
 */
import type { DeclineReason, Fault, FaultSchema, MessagesResponseSchema } from '../../contract/http/messages.ts'
import type * as v from 'valibot'
import { problem } from '../problems.ts'
import { quoteLifetimeMs } from '../shop/quotes.ts'

type SetFault = v.InferOutput<typeof FaultSchema>
type Target = 'quote' | 'purchase' | 'messages'

/** What a fault may change about how the gateway does its work. */
export interface Tweaks {
  readonly declineReason?: DeclineReason
  readonly quoteLifetimeMs?: number
  /** Also the messages that were acknowledged. */
  readonly allMessages?: boolean
}

/** What a fault may do besides. */
export interface FaultTools {
  /** Waits for the fault's `delayMs`, or until the gateway closes. */
  readonly hold: () => Promise<void>
  readonly hangUp: () => never
  readonly raisePrice: () => void
}

/** Does the request's work; called once by an honest network. */
type Deliver = (tweaks: Tweaks) => Promise<object>

interface Effect {
  readonly fits: readonly Target[]
  readonly around: (deliver: Deliver, tools: FaultTools) => Deliver
}

const effects: Readonly<Record<Fault['kind'], Effect>> = {
  decline: {
    fits: ['purchase'],
    around: (deliver) => (tweaks) => deliver({ ...tweaks, declineReason: 'insufficientFunds' }),
  },
  error500: {
    fits: ['purchase'],
    around: () => async () => {
      throw problem('internal')
    },
  },
  timeoutBeforeCharge: {
    fits: ['purchase'],
    around: (_deliver, tools) => async () => {
      await tools.hold()
      return tools.hangUp()
    },
  },
  timeoutAfterCharge: {
    fits: ['purchase'],
    around: (deliver, tools) => async (tweaks) => {
      await deliver(tweaks)
      await tools.hold()
      return tools.hangUp()
    },
  },
  duplicateDelivery: {
    fits: ['purchase'],
    around: (deliver) => async (tweaks) => {
      const [, second] = await Promise.all([deliver(tweaks), deliver(tweaks)])
      return second
    },
  },
  slow: {
    fits: ['quote', 'purchase'],
    around: (deliver, tools) => async (tweaks) => {
      await tools.hold()
      return deliver(tweaks)
    },
  },
  priceChangeAfterQuote: {
    fits: ['quote'],
    around: (deliver, tools) => async (tweaks) => {
      const answer = await deliver(tweaks)
      tools.raisePrice()
      return answer
    },
  },
  quoteExpired: {
    fits: ['quote'],
    around: (deliver) => (tweaks) => deliver({ ...tweaks, quoteLifetimeMs: -quoteLifetimeMs }),
  },
  quoteWrongSignature: {
    fits: ['quote'],
    around: (deliver) => async (tweaks) => spoil(await deliver(tweaks), 'quote'),
  },
  receiptWrongSignature: {
    fits: ['purchase'],
    around: (deliver) => async (tweaks) => spoil(await deliver(tweaks), 'receipt'),
  },
  messagesLost: {
    fits: ['messages'],
    around: () => async () => ({ messages: [], hasMore: false }),
  },
  messagesRepeated: {
    fits: ['messages'],
    around: (deliver) => (tweaks) => deliver({ ...tweaks, allMessages: true }),
  },
  messagesReversed: {
    fits: ['messages'],
    around: (deliver) => async (tweaks) => withMessages(await deliver(tweaks), (messages) => messages.toReversed()),
  },
  messagesWrongSignature: {
    fits: ['messages'],
    around: (deliver) => async (tweaks) =>
      withMessages(await deliver(tweaks), (messages) => messages.map((message) => ({ ...message, body: `${message.body} ` }))),
  },
}

type Delivery = v.InferOutput<typeof MessagesResponseSchema>

function withMessages(answer: object, change: (messages: Delivery['messages']) => Delivery['messages']): object {
  const { messages, hasMore } = answer as Delivery
  return { messages: change(messages), hasMore }
}

/** Only the answer is spoilt, not the record: a client that asks again by key learns the truth. */
function spoil(answer: object, member: string): object {
  const token: unknown = Reflect.get(answer, member)
  if (typeof token !== 'string') return answer
  const [header, payload, signature] = token.split('.')
  const bytes = Buffer.from(signature ?? '', 'base64url')
  bytes[0] = (bytes[0] ?? 0) ^ 1
  return { ...answer, [member]: `${header}.${payload}.${bytes.toString('base64url')}` }
}

export interface Faults {
  /** Replaces all faults. */
  readonly set: (faults: readonly SetFault[]) => void
  /** The faults that still have requests to act on, with how many are left. */
  readonly list: () => SetFault[]
  /** Runs the work under every fault that fits, using each up by one; the first that was set is the outermost. */
  readonly around: <T extends object>(
    target: Target,
    tools: RequestTools,
    deliver: (tweaks: Tweaks) => Promise<T>,
  ) => Promise<T>
}

export type RequestTools = Omit<FaultTools, 'hold'>

export function createFaults({ wait }: { wait: (delayMs: number) => Promise<void> }): Faults {
  let faults: SetFault[] = []

  function take(target: Target): SetFault[] {
    const fitting = faults.filter((fault) => effects[fault.kind].fits.includes(target))
    faults = faults
      .map((fault) => (fitting.includes(fault) ? { ...fault, times: fault.times - 1 } : fault))
      .filter((fault) => fault.times > 0)
    return fitting
  }

  return {
    set(next) {
      faults = [...next]
    },
    list: () => faults,
    around<T extends object>(target: Target, tools: RequestTools, deliver: (tweaks: Tweaks) => Promise<T>) {
      const faulty = take(target).reduceRight<Deliver>(
        (inner, { kind, delayMs }) => effects[kind].around(inner, { ...tools, hold: () => wait(delayMs) }),
        deliver,
      )
      // Every effect answers with what the work gave or a copy of it; the route's schema checks it once more.
      return faulty({}) as Promise<T>
    },
  }
}
