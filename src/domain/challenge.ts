/** The question that the confirm window asks: what goes into it, what is unusual about it, and when it lapses. */
import type { ChallengeId, PurchaseId } from './brands.ts'
import type { ChallengeContent, ShownHeadroom, ShownRisk } from './events.ts'
import { type Headroom, isNear } from './limits.ts'
import type { Quote } from './quote.ts'
import type { WantedStepUp } from './step-up.ts'

/** A challenge can be answered for two minutes after it was shown, or until the quote runs out if that is sooner. */
export const challengeLifeMs = 120_000

/** One that wants the account's second factor, for as long as a code is good that is sent for it: a mail may take a while. */
export const stepUpChallengeLifeMs = 5 * 60_000

export function lifeOf({ stepUp }: Pick<ChallengeContent, 'stepUp'>): number {
  return stepUp ? stepUpChallengeLifeMs : challengeLifeMs
}

/** Input in the confirm window does not count until it has been calm for this long. */
export const calmBeforeAnswerMs = 500

/** An item bought again within this time gets a word of warning. */
export const boughtMomentsAgoMs = 10 * 60_000

export function buildChallenge(
  quote: Quote,
  made: {
    readonly challengeId: ChallengeId
    readonly purchaseId: PurchaseId
    readonly nonce: string
    readonly nowMs: number
    /** What is left of each limit afterwards. */
    readonly headroom: readonly Headroom[]
    /** Who buys; null while there are no members. */
    readonly memberId: string | null
    /** The request that a guardian is to answer, where it is one. */
    readonly requestId?: string | undefined
    /** There where the quote wants the account's second factor. */
    readonly stepUp?: WantedStepUp | undefined
    readonly risk?: ShownRisk | null
    readonly buyerShows?: ChallengeContent['buyerShows'] | null
  },
): ChallengeContent {
  const expiresMs = Math.min(made.nowMs + lifeOf(made.stepUp ? { stepUp: made.stepUp } : {}), Date.parse(quote.expiresAt))
  return {
    challengeId: made.challengeId,
    purchaseId: made.purchaseId,
    nonce: made.nonce,
    quoteId: quote.quoteId,
    offerId: quote.offerId,
    sellerId: quote.sellerId,
    payee: quote.payee,
    item: quote.item,
    game: quote.game,
    kind: quote.kind,
    ...(quote.bundle && { bundle: quote.bundle }),
    ...(quote.passDays !== undefined && { passDays: quote.passDays }),
    price: quote.price,
    tax: quote.tax,
    fundingSource: quote.fundingSource,
    ...(quote.counted && { counted: { amount: quote.counted.amount, currency: quote.counted.currency } }),
    ...(made.headroom.length > 0 && { headroom: made.headroom.flatMap(shown) }),
    ...(isNear(made.headroom) && { isNearLimit: true }),
    ...(made.memberId !== null && { memberId: made.memberId }),
    ...(made.requestId !== undefined && { requestId: made.requestId }),
    ...(made.stepUp && { stepUp: made.stepUp }),
    ...(made.risk && { risk: made.risk }),
    ...(made.buyerShows && { buyerShows: made.buyerShows }),
    shownAt: new Date(made.nowMs).toISOString(),
    expiresAt: new Date(expiresMs).toISOString(),
  }
}

/** Only limits with a period have something left. */
function shown({ limit, left }: Headroom): ShownHeadroom[] {
  const { period, amount, ...whose } = limit
  return period === 'purchase' ? [] : [{ period, ...whose, cap: amount, left: left.toString() }]
}

export type ChallengeWarning = 'boughtMomentsAgo' | 'unusualCharacters'

/**
 * What a careful person would want pointed out. `lastBoughtAtMs` is when the same offer was last approved on this device,
 * in milliseconds since the epoch, or null.
 */
export function warningsFor(
  challenge: Pick<ChallengeContent, 'payee' | 'item' | 'game' | 'bundle' | 'fundingSource'>,
  nowMs: number,
  lastBoughtAtMs: number | null,
): ChallengeWarning[] {
  const warnings: ChallengeWarning[] = []
  if (lastBoughtAtMs !== null && nowMs - lastBoughtAtMs < boughtMomentsAgoMs) warnings.push('boughtMomentsAgo')
  const { payee, item, game, bundle, fundingSource } = challenge
  const shown = [payee, item, game, bundle?.unit ?? '', fundingSource.label]
  if (shown.some((text) => hasUnusualCharacters(text) || imitatesLatin(text))) warnings.push('unusualCharacters')
  return warnings
}

// eslint-disable-next-line no-misleading-character-class -- a set of single characters, not of what they combine to
const invisible = /[\p{Cf}\p{Co}\p{Cn}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0\u{1D159}]/u
const confusableScripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Cherokee}/u]

/** Another shape of the letter before it, which has none: nothing is to be seen of it. */
const shapeless = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\s][\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u
/** So many marks on one letter reach into the lines above and below. */
const piledUp = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Common}]\p{M}{3}/u
/** Letters of mathematics, which are drawn as Latin ones and compare as others. */
const mathematical = /[\u{1D400}-\u{1D7FF}]/u

/**
 * Whether a text hides characters (format and bidirectional controls), piles up marks, or mixes, within one word, scripts whose letters
 * look alike. Source: Unicode Technical Standard 39, sections 5.1 (mixed scripts) and 5.4 (optional detection).
 */
export function hasUnusualCharacters(text: string): boolean {
  if ([invisible, shapeless, piledUp, mathematical].some((pattern) => pattern.test(text))) return true
  return text.split(/\s/).some((word) => confusableScripts.filter((script) => script.test(word)).length > 1)
}

/** Cyrillic, Greek and Armenian letters that are drawn as Latin ones. Source: Unicode Technical Standard 39, confusables.txt, those of single letters. */
const drawnAsLatin = /^[АВЕЅІЈКМНОРСТХҮԌԚԜаеѕіјорсухһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοορνՕՏՍօսհոց]{3,}$/u

/**
 * Whether a word is made up of nothing but such letters, so that it can be read as a Latin one (UTS 39, section 4, whole-script confusables). There
 * are true words among them, so it is a reason for a warning and not for a refusal.
 */
export function imitatesLatin(text: string): boolean {
  return text.split(/[\s\p{P}]/u).some((word) => drawnAsLatin.test(word))
}
