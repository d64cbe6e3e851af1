/** New PINs and second factors, chosen in the trusted window. Nothing is kept before the last answer is there. */
import type { ReplyResult } from '../../contract/ipc/confirm.ts'
import type { NewEvent } from '../../domain/events.ts'
import { pinFault } from '../../domain/pin.ts'
import type { Clock } from '../ports/clock.ts'
import type { Credentials, NewSecondFactor } from '../ports/credentials.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { Dialogue } from './trusted-question.ts'

export interface ChooseDeps {
  readonly clock: Pick<Clock, 'now'>
  readonly credentials: Pick<Credentials, 'codeStep' | 'newSecondFactor' | 'setPin' | 'setSecondFactor'>
  readonly gateway: Pick<Gateway, 'now'>
}

export interface Chosen {
  readonly pin?: string
  readonly secondFactor?: { readonly made: NewSecondFactor; readonly step: number }
}

export interface Wanted {
  readonly name: string
  /** False where a guardian chooses the PIN for them. */
  readonly isOwn: boolean
  /** What somebody who comes in is going to be; the person reads it where no page could have changed it. */
  readonly role?: string
  readonly pin: boolean
  readonly secondFactor: boolean
}

/** Null where the person did not come to the end. */
export async function choose(deps: ChooseDeps, dialogue: Dialogue, wanted: Wanted): Promise<Chosen | null> {
  const pin = wanted.pin ? await choosePin(dialogue, wanted) : undefined
  if (pin === null) return null
  const secondFactor = wanted.secondFactor ? await chooseSecondFactor(deps, dialogue, wanted.name) : undefined
  if (secondFactor === null) return null
  return { ...(pin !== undefined && { pin }), ...(secondFactor && { secondFactor }) }
}

async function choosePin(dialogue: Dialogue, { name, isOwn, role }: Wanted): Promise<string | null> {
  const check = ({ pin }: { readonly pin: string }): ReplyResult => ({ kind: pinFault(pin) ? 'tooEasy' : 'accepted' })
  return (await dialogue.ask({ kind: 'newPin', name, isOwn, ...(role !== undefined && { role }) }, check))?.pin ?? null
}

/** Tried out with a code before it counts, so that nobody is left with an authenticator that shows other ones. */
async function chooseSecondFactor({ clock, credentials, gateway }: ChooseDeps, dialogue: Dialogue, name: string): Promise<Chosen['secondFactor'] | null> {
  const made = await credentials.newSecondFactor(name)
  const stepOf = (code: string) => credentials.codeStep(made, code, gateway.now() ?? clock.now())
  let step: number | null = null
  const shown = { name, qr: [...made.qr], secret: made.secret }
  const reply = await dialogue.ask({ kind: 'secondFactor', ...shown }, ({ code }): ReplyResult => {
    step = stepOf(code)
    return step === null ? { kind: 'wrong', waitMs: 0 } : { kind: 'accepted' }
  })
  if (!reply || step === null) return null
  const seen = await dialogue.ask({ kind: 'recoveryCodes', name, codes: [...made.recoveryCodes] }, () => ({ kind: 'accepted' }))
  return seen && { made, step }
}

/** P6: to the keychain, and nowhere else. */
export async function keep({ credentials }: ChooseDeps, memberId: string, { pin, secondFactor }: Chosen): Promise<void> {
  if (pin !== undefined) await credentials.setPin(memberId, pin)
  if (secondFactor) await credentials.setSecondFactor(memberId, secondFactor.made)
}

/** That they were chosen, and never what. */
export async function recordChosen(log: EventLog, actor: string, memberId: string, { pin, secondFactor }: Chosen): Promise<void> {
  const set = (payload: Extract<NewEvent, { type: 'access.set' }>['payload']) => log.append(() => ({ type: 'access.set', actor, payload }))
  if (pin !== undefined) await set({ memberId, what: 'pin' })
  if (secondFactor) await set({ memberId, what: 'secondFactor', step: secondFactor.step })
}
