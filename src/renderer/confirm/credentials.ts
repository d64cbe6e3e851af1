import { useRef, useState, type RefObject } from 'react'
import type { Person } from '../../contract/household.ts'
import type { Hint } from './confirm-state.ts'
import { isPin, readCode } from './typed.ts'

export type InputRef = RefObject<HTMLInputElement | null>

/** Who says yes or no, and the fields in which they show that it is them. What is typed is in the fields alone. */
export interface Credentials {
  readonly people: readonly Person[]
  readonly memberId: string
  readonly choose: (memberId: string) => void
  readonly pin: InputRef
  readonly code: InputRef
}

export interface Given {
  readonly memberId: string
  readonly pin: string
  readonly code?: string
}

/** The first of the people answers unless another one is chosen. */
export function useCredentials(people: readonly Person[]): Credentials {
  const [memberId, choose] = useState(people[0]?.memberId ?? '')
  const [pin, code] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  return { people, memberId, choose, pin, code }
}

/** What was typed, which the fields then no longer have; or what is missing, with the focus there. */
export function takeGiven({ memberId, pin, code }: Credentials, wantsCode: boolean): Given | Hint {
  const typed = { pin: pin.current?.value ?? '', code: wantsCode ? readCode(code.current?.value ?? '') : null }
  if (!isPin(typed.pin)) {
    pin.current?.focus()
    return { kind: 'pinMissing' }
  }
  if (wantsCode && typed.code === null) {
    code.current?.focus()
    return { kind: 'codeMissing' }
  }
  empty(pin, code)
  return { memberId, pin: typed.pin, ...(typed.code !== null && { code: typed.code }) }
}

export function empty(...fields: readonly InputRef[]): void {
  for (const { current } of fields) {
    if (current) current.value = ''
  }
}
