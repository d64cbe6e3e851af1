/** Buying in a household: Ada is its guardian, Ben an adult, Cleo a teen with 1.50 a week, Dot a child with nothing. */
import * as v from 'valibot'
import { launcherContract, type Progress } from '../../src/contract/ipc/launcher.ts'
import type { AnsweredResult, AskedResult, FamilyView } from '../../src/contract/ipc/household.ts'
import { OutcomeSchema } from '../../src/contract/ipc/outcome.ts'
import type { Limit } from '../../src/domain/controls.ts'
import { createBuyingWorld } from './buying-world.ts'
import { tightened } from './control-events.ts'
import { itemOffer } from './fake-offers.ts'
import { beginFamily, codeOf, pinOf } from './household-people.ts'

export type FamilyWorld = Awaited<ReturnType<typeof createFamilyWorld>>

export const cleosWeek: Limit = { period: 'week', sellerId: null, memberId: 'teen', amount: '150' }

const stepMs = 30_000

export async function createFamilyWorld(limits: readonly Limit[] = [cleosWeek]) {
  const world = createBuyingWorld()
  const isOwn = ({ memberId }: Limit) => memberId !== undefined
  const { secret } = await beginFamily(world.log, world.credentials, limits.filter(isOwn))
  for (const limit of limits) if (!isOwn(limit)) await world.log.append(() => tightened({ kind: 'limit', ...limit }))
  await world.use.controls.syncControls()

  /** PIN and an unused code of the guardian's. */
  function ada() {
    world.clock.advance(stepMs)
    return { memberId: 'guardian', pin: pinOf('Ada'), code: codeOf(secret, world.clock.now()) }
  }

  const family = Object.assign(world, {
    ada,
    /** The profile that is open from now on. */
    as(memberId: string | null): void {
      world.profile.open = memberId
    },
    /** What the launcher is told, as the contract lets it through. */
    tries: async (offerId: string = itemOffer.id) => v.parse(OutcomeSchema, await world.use.requestPurchase({ offerId })),
    asks: async (offerId: string = itemOffer.id): Promise<AskedResult> =>
      v.parse(launcherContract.calls['requests.ask'].output, await world.use.requests.askGuardian({ offerId })),
    /** A minor cannot buy, thinks about it as long as has to be, and asks. Gives the request's id. */
    async requestedBy(memberId: string, offerId: string = itemOffer.id): Promise<string> {
      family.as(memberId)
      const outcome = await family.tries(offerId)
      world.clock.advance(outcome.kind === 'blocked' ? (outcome.askIn?.pauseMs ?? 0) : 0)
      const asked = await family.asks(offerId)
      if (asked.kind !== 'asked') throw new Error(`not asked: ${JSON.stringify(asked)}`)
      return asked.requestId
    },
    /** Somebody has the request answered; the window can be answered when this resolves. */
    async answering(requestId: string) {
      const shown = Promise.withResolvers<void>()
      const stop = world.onStep((step: Progress['step']) => void (step === 'confirming' && shown.resolve()))
      const result = world.use.requests.answerRequest({ requestId }).then((ended): AnsweredResult => v.parse(launcherContract.calls['requests.answer'].output, ended))
      await Promise.race([result.catch(() => {}), shown.promise])
      stop()
      world.clock.advance(500)
      const challenge = world.use.pending.current()
      const answer = challenge ? { challengeId: challenge.content.challengeId, digest: challenge.digest } : { challengeId: '', digest: '' }
      return { result, challenge, answer }
    },
    /** The guardian says yes to it, near a limit or not. */
    async agreesTo(requestId: string): Promise<AnsweredResult> {
      const { result, answer } = await family.answering(requestId)
      await world.use.approveChallenge({ ...answer, knowsLimit: true, guardian: ada() })
      return result
    },
    sees(): FamilyView {
      return v.parse(launcherContract.calls['family.get'].output, world.use.requests.reportFamily())
    },
    endOf: (requestId: string) => world.log.family().requests.find((request) => request.requestId === requestId)?.ended ?? null,
  })
  return family
}
