/** Keeps the controls of spending for a funding source, whichever of its devices speaks, and signs what they are. */
import { createHash } from 'node:crypto'
import type { StepUpClaims } from '../../contract/http/account-messages.ts'
import { type ControlsClaims, jwsTypes } from '../../contract/http/claims.ts'
import type { ProblemCode } from '../../contract/http/messages.ts'
import { canonicalJson } from '../../domain/canonical.ts'
import { type Controls, noControls } from '../../domain/controls.ts'
import {
  answerRequest,
  changeIdOf,
  type ControlRefusal,
  type ControlRequest,
  type ControlStep,
  statedControls,
} from '../../domain/kept-controls.ts'
import { type Environment, instant } from '../environment.ts'
import { signJws } from '../jws.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import type { CallingAccount } from '../oauth/calling-account.ts'
import { readStepUp, redeemStepUp } from '../oauth/step-ups.ts'
import { problem, type ProblemError } from '../problems.ts'
import { inTransaction, type Store } from '../store/open-store.ts'
import { isCounted } from './exchange.ts'
import { type AccountsRule, controlsSourceId } from './funding-source.ts'

type Parts = Pick<Environment, 'now'> & { readonly store: Store; readonly signingKey: SigningKey; readonly accounts: AccountsRule }

/** Which device speaks, and in whose name. */
export interface Speaker {
  readonly deviceId: string
  readonly account: CallingAccount | undefined
}

export interface KeptControls {
  /** The signed statement of what is kept, with the caller's nonce. */
  readonly state: (speaker: Speaker, nonce: string) => Promise<string>
  /**
   * Does what the device asks (P5), and states what is kept then. The same request again changes nothing. Throws `badRequest`,
   * `idempotencyConflict`, `controlTooEarly`, `controlUnknown`, `controlNotLooser`, `controlExcluded` and `stepUpNeeded`; after each of them nothing
   * has changed. `stepUp` is the second factor for the looser control that is asked for, which an account needs.
   */
  readonly ask: (speaker: Speaker, nonce: string, request: ControlRequest, stepUp?: string) => Promise<string>
}

export function createControls(parts: Parts): KeptControls {
  const { store, signingKey, now, accounts } = parts
  function state({ deviceId, account }: Speaker, nonce: string, controls: Controls, nowMs: number): Promise<string> {
    const whose = account && { accountId: account.accountId }
    const claims = { deviceId, nonce, asOf: instant(nowMs), ...whose, ...statedControls(controls, nowMs) } as ControlsClaims
    return signJws(signingKey, jwsTypes.controls, claims)
  }
  return {
    async state(speaker, nonce) {
      const controls = await readControls(store, controlsSourceId(accounts, speaker.account, speaker.deviceId))
      return state(speaker, nonce, controls, now())
    },
    async ask(speaker, nonce, request, stepUp) {
      const { deviceId, account } = speaker
      const fundingSourceId = controlsSourceId(accounts, account, deviceId)
      const given = account && request.kind === 'askLoosening' ? await stepUpFor({ account, deviceId, signingKey }, request, stepUp) : 'notNeeded'
      return inTransaction(store, async (transaction) => {
        const nowMs = now()
        const controls = await carryOut(transaction, { deviceId, fundingSourceId }, request, given, nowMs)
        return state(speaker, nonce, controls, nowMs)
      })
    },
  }
}

/** The second factor that came with a request that wants one; undefined where none came, or one for something else. */
type GivenStepUp = StepUpClaims | 'notNeeded' | undefined

/** It is for exactly this change under exactly this id. */
async function stepUpFor(
  { account, deviceId, signingKey }: { readonly account: CallingAccount; readonly deviceId: string; readonly signingKey: SigningKey },
  { changeId, change }: Extract<ControlRequest, { kind: 'askLoosening' }>,
  token: string | undefined,
): Promise<GivenStepUp> {
  const digest = createHash('sha256').update(canonicalJson({ changeId, change })).digest('base64url')
  return token === undefined ? undefined : readStepUp(token, signingKey, { accountId: account.accountId, deviceId, digest })
}

/** The controls as they are kept; none before the first. */
export async function readControls(store: Store, fundingSourceId: string): Promise<Controls> {
  const row = await store.selectFrom('controls').select('controls').where('funding_source_id', '=', fundingSourceId).executeTakeFirst()
  return row ? (JSON.parse(row.controls) as Controls) : noControls
}

/** Whose controls they are, and which device asks. */
interface Place {
  readonly deviceId: string
  readonly fundingSourceId: string
}

/** Runs under the write lock, so that of two requests at once the second meets what the first has left. */
async function carryOut(store: Store, place: Place, request: ControlRequest, stepUp: GivenStepUp, nowMs: number): Promise<Controls> {
  const id = place.fundingSourceId
  if (request.kind === 'tighten' && !canCount(request)) throw refusals.impossible()
  const earlier = 'changeId' in request ? await stepsAbout(store, id, request.changeId) : []
  const answer = answerRequest(await readControls(store, id), request, earlier, nowMs)
  if (answer.kind === 'refused') throw refusals[answer.refusal]()
  if (answer.steps.length === 0) return answer.controls
  // Only now: the same request again changes nothing, and its second factor has been used.
  if (stepUp === undefined) throw problem('stepUpNeeded')
  if (stepUp !== 'notNeeded') await redeemStepUp(store, stepUp, nowMs)
  await writeControls(store, place, answer, instant(nowMs))
  return answer.controls
}

/** Limits in a currency without a rate could not be held to. */
function canCount({ controls: { household } }: Extract<ControlRequest, { kind: 'tighten' }>): boolean {
  return household === null || isCounted(household.currency)
}

const refusal = (code: ProblemCode, title?: string) => () => problem(code, title === undefined ? {} : { title })

const refusals: Readonly<Record<ControlRefusal, () => ProblemError>> = {
  impossible: refusal('badRequest', 'Nothing was changed: there are no such controls, or more of them than can be kept'),
  otherChange: refusal('idempotencyConflict', 'Nothing was changed: another change was asked for under this id'),
  tooEarly: refusal('controlTooEarly'),
  unknown: refusal('controlUnknown'),
  notLooser: refusal('controlNotLooser'),
  excluded: refusal('controlExcluded'),
}

async function stepsAbout(store: Store, fundingSourceId: string, changeId: string): Promise<ControlStep[]> {
  const rows = await store
    .selectFrom('control_steps')
    .select(['type', 'payload'])
    .where('funding_source_id', '=', fundingSourceId)
    .where('change_id', '=', changeId)
    .orderBy('seq')
    .execute()
  return rows.map(({ type, payload }) => ({ type, payload: JSON.parse(payload) as unknown }) as ControlStep)
}

async function writeControls(
  store: Store,
  { deviceId, fundingSourceId }: Place,
  { controls, steps }: { readonly controls: Controls; readonly steps: readonly ControlStep[] },
  at: string,
): Promise<void> {
  const rows = steps.map((step) => ({
    ...{ funding_source_id: fundingSourceId, device_id: deviceId, type: step.type, at },
    change_id: changeIdOf(step),
    payload: canonicalJson(step.payload),
  }))
  await store.insertInto('control_steps').values(rows).execute()
  const text = canonicalJson(controls)
  await store
    .insertInto('controls')
    .values({ funding_source_id: fundingSourceId, controls: text })
    .onConflict((conflict) => conflict.column('funding_source_id').doUpdateSet({ controls: text }))
    .execute()
}
