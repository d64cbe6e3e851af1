/**
 * Says anything to both bridges, from the right page and from elsewhere. Judged by a hand-written oracle of what may be said, and by log and
 * gateway: nothing is approved but what the person was asked, in time, in calm, by the window that may.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { ValiError } from 'valibot'
import type { StepUpClaims } from '../../src/contract/http/account-messages.ts'
import { channelName, type Contract } from '../../src/contract/ipc/channel.ts'
import { confirmContract } from '../../src/contract/ipc/confirm.ts'
import { launcherContract } from '../../src/contract/ipc/launcher.ts'
import type { ChallengeContent } from '../../src/domain/events.ts'
import type { Random } from '../crash/random.ts'
import { tightened } from '../support/control-events.ts'
import { rightCode, robin } from '../support/fake-gateway-step-up.ts'
import { itemOffer, smallCatalogue } from '../support/fake-offers.ts'
import { requested } from '../support/household-events.ts'
import { beginFamily, codeOf, pinOf } from '../support/household-people.ts'
import { claimsOf } from '../support/tokens.ts'
import { type AttackFigures, briefly, noFigures, noteAccepted, noteCrash, tell } from './figures.ts'
import { example, type Known, mutated } from './ipc-messages.ts'
import { confirmOracle, launcherOracle } from './oracle.ts'
import { canaryNumber } from './oracle-shapes.ts'
import { createServedWorld, fakePage, type ServedWorld } from './served-world.ts'

/** So many messages are said to one world before there is a fresh one. */
const messagesToOne = 400
const judgedEvery = 50
const calmMs = 500

/** What main throws at intruders; anything else is a bug. */
const refusals = new Set([
  'not from the page that this channel belongs to',
  'more than one argument',
  'not a plain record',
  'an answer to something that was not asked',
  'an answer to something that was not asked, or from somebody who was not',
  'an answer to half of what was asked',
  'an answer from somebody who was not asked',
  'the challenge was answered already',
  'a way that was not offered',
])

interface Target {
  readonly contract: Contract
  readonly name: string
  readonly fits: (value: unknown) => boolean
}

/** Throws where a contract has a call that the oracle does not know. */
function targetsOf(contract: Contract, oracle: Readonly<Record<string, (value: unknown) => boolean>>): Target[] {
  const names = Object.keys(contract.calls)
  if (names.toSorted().join() !== Object.keys(oracle).toSorted().join()) throw new Error(`the oracle knows other calls than ${contract.bridge} has`)
  return names.map((name) => ({ contract, name, fits: oracle[name]! }))
}

export const targets = [...targetsOf(launcherContract, launcherOracle), ...targetsOf(confirmContract, confirmOracle)]
const byName = new Map(targets.map((target) => [target.name, target]))

interface Fuzz {
  readonly world: ServedWorld
  readonly secret: string
  readonly figures: AttackFigures
  readonly random: Random
  /** When the window was last opened or disturbed, by the fuzzer's own account. */
  calmSinceMs: number
  /** What a yes counted for, by challenge id, by the fuzzer's own account. */
  readonly allowed: Map<string, string>
  /** Challenges for which the second factor was given, by the fuzzer's own account: it need not be given again. */
  readonly steppedUp: Set<string>
  reported: number
}

async function begin(random: Random, figures: AttackFigures): Promise<Fuzz> {
  const world = createServedWorld()
  const fuzz: Fuzz = { world, secret: 'JBSWY3DPEHPK3PXP', figures, random, calmSinceMs: Number.POSITIVE_INFINITY, allowed: new Map(), steppedUp: new Set(), reported: 0 }
  const open = world.confirmWindow.open
  world.confirmWindow.open = async (onClosed, what) => {
    fuzz.calmSinceMs = world.clock.monotonicMs()
    return open(onClosed, what)
  }
  if (random.below(2) === 0) world.gateway.accounts.signIn({ ...robin, above: { amount: '90', currency: 'EUR' } })
  const kind = random.below(4)
  if (kind === 0) world.preferences.chosen = { language: 'en', theme: 'dark' }
  if (kind < 2) return fuzz
  const { secret } = await beginFamily(world.log, world.credentials)
  if (kind === 3) await world.log.append(() => tightened({ kind: 'limit', period: 'week', sellerId: null, amount: '110' }))
  if (random.below(2) === 0) await world.log.append(() => requested('request-0', lampOilFor('child', world.clock.now())))
  world.access.profiles.opened(random.pick(['guardian', 'adult', 'teen', 'child']))
  return Object.assign(fuzz, { secret })
}

/** As a child asks for it. */
function lampOilFor(memberId: string, nowMs: number) {
  const { id: offerId, sellerId, title: item, game, price } = itemOffer
  const payee = smallCatalogue.sellers.find(({ id }) => id === sellerId)?.name ?? ''
  return { memberId, offerId, sellerId, payee, item, game, price, counted: price, askedAt: new Date(nowMs).toISOString() }
}

function knownTo({ world, secret, random }: Fuzz): Known {
  const events = [...world.log.events()]
  const challenge = world.pending.current()
  const family = world.log.family()
  return {
    memberIds: Object.keys(family.names),
    requestIds: family.requests.map(({ requestId }) => requestId),
    changeIds: events.flatMap((event) => ('changeId' in event.payload && typeof event.payload.changeId === 'string' ? [event.payload.changeId] : [])),
    purchaseIds: events.flatMap((event) => (event.type === 'purchase.approved' ? [event.payload.purchaseId] : [])),
    challenge: challenge && { challengeId: challenge.content.challengeId, digest: random.below(6) === 0 ? 'd'.repeat(43) : challenge.digest },
    questionId: world.access.questions.current()?.questionId ?? 'question-9',
    code: random.below(12) === 0 ? '000000' : codeOf(secret, world.clock.now()),
  }
}

/** Where a message comes from that comes from somewhere else. */
function stranger({ pages }: ServedWorld, contract: Contract, random: Random): unknown {
  const own = contract.bridge === 'tuppence' ? pages.tuppence : pages.confirmation
  const other = contract.bridge === 'tuppence' ? pages.confirmation : pages.tuppence
  const lured = fakePage('https://launcher.example/')
  return random.pick<unknown>([
    { sender: other, senderFrame: other.mainFrame },
    { sender: own, senderFrame: { url: own.mainFrame.url } },
    { sender: own, senderFrame: null },
    { sender: other, senderFrame: own.mainFrame },
    { sender: lured, senderFrame: lured.mainFrame },
    { sender: own, senderFrame: other.mainFrame },
  ])
}

/** Time passes, and the window is moved, as it happens to people and as an attacker brings it about. */
function live(fuzz: Fuzz): void {
  const { world, random } = fuzz
  world.clock.advance(random.pick([0, 0, 1, 30, 120, 499, 500, 501, 700, 31_000, ...(random.below(40) === 0 ? [301_000] : [])]))
  if (random.below(8) === 0) {
    world.confirmWindow.disturb()
    fuzz.calmSinceMs = world.clock.monotonicMs()
  }
  if (random.below(60) === 0) world.confirmWindow.closeByPerson()
  if (random.below(30) === 0) world.clock.wake()
  if (random.below(60) === 0) world.person.says(random.below(2) === 0)
}

/** More often than by chance the next sensible step, so that there is something to attack. */
function nextTarget({ world, random }: Fuzz): Target {
  const names = world.pending.current()
    ? ['challenge.approve', 'challenge.approve', 'challenge.deny', 'challenge.cancel', 'challenge.get']
    : world.access.questions.current()
      ? ['question.answer', 'question.answer', 'question.cancel', 'challenge.get']
      : ['purchase.request', 'purchase.request', 'requests.ask', 'requests.answer', 'profiles.open']
  return random.below(2) === 0 ? byName.get(random.pick(names))! : random.pick(targets)
}

/** By the fuzzer's own account: does this yes count? */
function noteYes(fuzz: Fuzz, input: unknown): void {
  const { world, secret } = fuzz
  const shown = world.pending.current()
  if (!shown) return
  const answer = input as { challengeId: string; digest: string; knowsLimit?: true; guardian?: { memberId: string; pin: string; code?: string }; stepUp?: { method: string; code: string } }
  const { content, digest, request } = shown
  const isCalm = world.confirmWindow.isOpen() && world.clock.monotonicMs() - fuzz.calmSinceMs >= calmMs
  const isInTime = world.clock.now() < Date.parse(content.expiresAt)
  const codes = [-30_000, 0, 30_000].map((ms) => codeOf(secret, world.clock.now() + ms))
  const { guardian } = answer
  const isGuardian = guardian?.memberId === 'guardian' && guardian.pin === pinOf('Ada') && codes.includes(guardian.code ?? '')
  const isRight = answer.challengeId === content.challengeId && answer.digest === digest && (!content.isNearLimit || answer.knowsLimit === true)
  if (!isRight || !isCalm || !isInTime || !isSteppedUp(fuzz, content, answer.stepUp)) return
  if (request ? isGuardian : guardian === undefined) fuzz.allowed.set(content.challengeId, digest)
}

/** The right code by a way that was offered, now or before for this very question; and none where none is asked for. */
function isSteppedUp({ steppedUp }: Fuzz, { challengeId, stepUp }: Pick<ChallengeContent, 'challengeId' | 'stepUp'>, typed: { method: string; code: string } | undefined): boolean {
  if (!stepUp) return typed === undefined
  const isOffered = typed === undefined || robin.ways.some(({ method }) => method === typed.method)
  if (isOffered && typed?.code === rightCode) steppedUp.add(challengeId)
  return isOffered && steppedUp.has(challengeId)
}

async function sayOne(fuzz: Fuzz): Promise<void> {
  const { world, random, figures } = fuzz
  live(fuzz)
  const { contract, name, fits } = nextTarget(fuzz)
  const honest = example(name, random, knownTo(fuzz))
  const made = random.below(5) < 2 ? honest : mutated(honest, random)
  const input = cloned(made)
  const isStranger = random.below(12) === 0
  const args = random.below(40) === 0 ? [input, input] : input === undefined && random.below(2) === 0 ? [] : [input]
  const mayBeSaid = !isStranger && args.length <= 1 && fits(input)
  if (mayBeSaid && name === 'challenge.approve') noteYes(fuzz, input)
  const reachedBefore = world.reached.length
  const from = isStranger ? stranger(world, contract, random) : undefined
  const channel = channelName(contract, name)
  const answer = from ? world.send(channel, from, ...args) : world.call(contract, name, ...args)
  figures.attempts += 1
  judgeMessage(fuzz, { channel, input, mayBeSaid, wasReached: world.reached.length > reachedBefore })
  answer.then(
    (value) => {
      tell(figures, 'answered')
      if (contract === launcherContract) judgeAnswer(fuzz, channel, value)
    },
    (error: unknown) => (error instanceof Error && error.message === 'refused' ? tell(figures, 'refused') : noteCrash(figures, `${channel} rejected with ${String(error)}`)),
  )
  await nextTurn()
}

/** As it arrives in another process. What cannot be sent arrives as it is. */
function cloned(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return value
  }
}

interface Said {
  readonly channel: string
  readonly input: unknown
  readonly mayBeSaid: boolean
  readonly wasReached: boolean
}

function wordsOf(error: unknown): string {
  if (error instanceof ValiError) return error.issues.map((issue) => `${issue.message} at ${(issue.path as readonly { readonly key: unknown }[] | undefined)?.map(({ key }) => String(key)).join('.')}`).join(', ')
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Right after it was said: what was thrown until now was thrown at what was said, not by a use case. */
function judgeMessage(fuzz: Fuzz, { channel, input, mayBeSaid, wasReached }: Said): void {
  const { world, figures } = fuzz
  if (wasReached && !mayBeSaid) noteAccepted(figures, `${channel} ${briefly(input)}`)
  if (!wasReached && mayBeSaid) tell(figures, `refused although it may be said: ${channel} ${briefly(input)}`)
  for (const { channel: reported, error } of world.reports.slice(fuzz.reported)) {
    const isOfInput = error instanceof ValiError && reported === channel && !wasReached
    if (!isOfInput && !(error instanceof Error && refusals.has(error.message))) noteCrash(figures, `${reported} after ${briefly(input)}: ${wordsOf(error)}`)
  }
  fuzz.reported = world.reports.length
}

/** The log and the gateway are the judges. */
function judgeMoney({ world, allowed, figures }: Fuzz): void {
  const approved = new Map<string, string>()
  for (const event of world.log.events()) {
    if (event.type !== 'purchase.approved') continue
    const { challenge, challengeDigest, key, purchaseId, stepUp } = event.payload
    approved.set(key, challenge.challengeId)
    if (allowed.get(challenge.challengeId) !== challengeDigest) noteAccepted(figures, `approved without a yes that counts: ${purchaseId}`)
    if (challenge.stepUp && (stepUp === undefined || (claimsOf(stepUp) as StepUpClaims).digest !== challengeDigest)) noteAccepted(figures, `approved without its second factor: ${purchaseId}`)
  }
  for (const { idempotencyKey, offerId, payee, amount, currency } of world.gateway.charges) {
    const offer = smallCatalogue.offers.find(({ id }) => id === offerId)
    const seller = smallCatalogue.sellers.find(({ id }) => id === offer?.sellerId)
    if (!approved.has(idempotencyKey)) noteAccepted(figures, `charged without an approval: ${idempotencyKey}`)
    if (payee !== seller?.name || amount !== offer?.price.amount || currency !== offer.price.currency) noteAccepted(figures, `charged otherwise than the catalogue says: ${idempotencyKey}`)
  }
  tell(figures, 'looked at the money')
}

/** What is only ever typed into, or shown by, the trusted window. */
function judgeAnswer({ figures, secret }: Fuzz, channel: string, value: unknown): void {
  const text = JSON.stringify(value) ?? ''
  if ([secret, '"2580"', '"7319"', '"4826"', '"9157"'].some((kept) => text.includes(kept))) noteAccepted(figures, `${channel} tells a secret`)
}

/** Nothing that a person typed by mistake stays, or goes to the gateway. */
function judgeTyped({ world, figures }: Fuzz): void {
  const kept = JSON.stringify([...world.log.events()].map(({ payload }) => payload)) + world.gateway.calls.join(' ')
  if (kept.replaceAll(/[ .-]/g, '').includes(canaryNumber)) noteAccepted(figures, 'the number of a card was kept')
}

function judgeWorld(fuzz: Fuzz): void {
  const { world, figures } = fuzz
  judgeMoney(fuzz)
  judgeTyped(fuzz)
  for (const error of world.unexpected.splice(0)) noteCrash(figures, `in the background: ${String(error)}`)
  figures.told['requests answered'] = (figures.told['requests answered'] ?? 0) + [...world.log.events()].filter((event) => event.type === 'purchase.approved' && event.payload.approvedBy !== undefined).length
  figures.told['second factors given'] = (figures.told['second factors given'] ?? 0) + [...world.log.events()].filter((event) => event.type === 'purchase.approved' && event.payload.stepUp !== undefined).length
  figures.told['charges'] = (figures.told['charges'] ?? 0) + world.gateway.charges.length
  figures.told['challenges'] = (figures.told['challenges'] ?? 0) + world.confirmWindow.opened()
}

/** So many messages. */
export async function fuzzIpc(count: number, random: Random): Promise<AttackFigures> {
  const figures = noFigures()
  const onLoose = (error: unknown) => noteCrash(figures, `nobody caught ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  process.on('unhandledRejection', onLoose)
  process.on('uncaughtException', onLoose)
  try {
    for (let said = 0; said < count; ) {
      const fuzz = await begin(random, figures)
      for (let turn = 0; turn < messagesToOne && said < count; turn += 1, said += 1) {
        await sayOne(fuzz)
        if (turn % judgedEvery === 0) judgeMoney(fuzz)
      }
      await nextTurn()
      judgeWorld(fuzz)
    }
  } finally {
    process.off('unhandledRejection', onLoose)
    process.off('uncaughtException', onLoose)
  }
  return figures
}
