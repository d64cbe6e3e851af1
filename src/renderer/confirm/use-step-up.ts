import { useEffect, useRef, useState } from 'react'
import type { CodeMethod, CodeWay } from '../../contract/account.ts'
import { useIsKiosk } from '../ui/kiosk-context.ts'
import type { Hint } from './confirm-state.ts'
import { empty, type Given, type InputRef } from './credentials.ts'
import { afterSending, isSentAtOnce, type Sending, waysFor } from './step-up-ways.ts'
import { readAccountCode } from './typed.ts'

export interface TypedStepUp {
  readonly method: CodeMethod
  readonly code: string
}

/** What goes with a yes: the guardian where a minor has asked for it, the account's second factor where that is wanted. */
export interface Yes {
  readonly guardian: Given | null
  /** There where whoever buys shows that it is them. */
  readonly buyer: Given | null
  readonly typed: TypedStepUp | null
}

/** The account's second factor as it is given: by which way, whether a code was sent, and the field. What is typed is in the field alone. */
export interface StepUpInput {
  readonly ways: readonly CodeWay[]
  readonly way: CodeWay
  readonly choose: (method: CodeMethod) => void
  readonly sending: Sending
  readonly send: () => void
  readonly field: InputRef
  /** Something that can be a code is in the field. */
  readonly isTyped: boolean
  readonly onTyped: () => void
  /** It was right, and is not asked for again. */
  readonly isGiven: boolean
  readonly give: () => void
}

/** `askedId` is the challenge's or the question's. The best way is chosen at first. Null where no second factor is asked for. */
export function useStepUp(askedId: string, asked: readonly CodeWay[] | null): StepUpInput | null {
  const ways = waysFor(asked ?? [], useIsKiosk())
  const [method, setMethod] = useState(ways[0]?.method)
  const [sendings, setSendings] = useState<Readonly<Partial<Record<CodeMethod, Sending>>>>({})
  const [isTyped, setIsTyped] = useState(false)
  const [isGiven, setIsGiven] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const way = ways.find((one) => one.method === method)

  const send = async (by: 'sms' | 'email') => {
    const before = sendings[by] ?? { kind: 'not' }
    const set = (sending: Sending) => setSendings((before) => ({ ...before, [by]: sending }))
    set({ kind: 'sending' })
    const sent = window.confirmation.stepUp.sendCode({ askedId, method: by })
    set(await sent.then((answer) => afterSending(before, answer, Date.now())).catch(() => ({ kind: 'unavailable' }) as const))
  }
  const isSent = useRef(false)
  useEffect(() => {
    if (isSent.current || !asked || !isSentAtOnce(asked)) return
    isSent.current = true
    void send('email')
  })
  if (!way) return null
  return {
    ...{ ways, way, field, isTyped, isGiven },
    choose(next) {
      empty(field)
      setIsTyped(false)
      setMethod(next)
    },
    sending: sendings[way.method] ?? { kind: 'not' },
    send: () => void ((way.method === 'sms' || way.method === 'email') && send(way.method)),
    onTyped: () => setIsTyped(readAccountCode(field.current?.value ?? '', way.method) !== null),
    give: () => setIsGiven(true),
  }
}

/** What was typed, which the field then no longer has; or that it is missing, with the focus there. */
export function takeStepUp({ field, way, onTyped }: StepUpInput): TypedStepUp | Hint {
  const code = readAccountCode(field.current?.value ?? '', way.method)
  if (code === null) {
    field.current?.focus()
    return { kind: 'stepUpCodeMissing' }
  }
  empty(field)
  onTyped()
  return { method: way.method, code }
}
