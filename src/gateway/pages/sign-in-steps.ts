/** What comes after a factor was right, the same for signing in, signing up and showing once more who one is. */
import type { FirstFactorResult, Refused, SecondFactorWanted, SignedIn } from '../accounts/identity.ts'
import type { PageParts } from './page-parts.ts'
import type { Answer, NoticeName, Visit } from './visit.ts'

/** With a new session in the place of the one before, and back to where the person wanted to be. */
export async function finish({ identity }: PageParts, visit: Visit, { session }: SignedIn, welcome?: NoticeName): Promise<Answer> {
  const { journey, signedIn, sessionId, caller } = visit
  const now = await identity.session(session)
  // Whoever shows that they are somebody else than before gets nothing of what was begun there.
  const isSame = signedIn !== null && signedIn.account.accountId === now?.account.accountId
  if (signedIn && !isSame) {
    await identity.signOut(sessionId, caller)
    return { kind: 'goTo', path: '/account', session, journey: {} }
  }
  const notice = isSame ? (journey.typed ? 'fresh' : 'freshEmpty') : welcome
  const { typed } = journey
  return { kind: 'goTo', path: journey.next ?? '/account', session, journey: { ...(notice && { notice }), ...(typed && { typed }) } }
}

/** Where one factor was right: done, or on to the second. What was refused is for the caller to put into words. */
export async function afterFirstFactor(parts: PageParts, visit: Visit, result: FirstFactorResult): Promise<Answer | Refused> {
  if (result.kind === 'signedIn') return finish(parts, visit, result)
  if (result.kind !== 'secondFactor') return result
  return { kind: 'goTo', path: '/account/sign-in/second', journey: { ...visit.journey, step: await begin(parts, visit, result) } }
}

/** Where the best way is a code that has to be sent, it is under way before anybody has to ask for it. */
async function begin({ identity }: PageParts, { caller }: Visit, { pending, ways }: SecondFactorWanted) {
  const best = ways[0]?.method
  if (best !== 'sms' && best !== 'email') return { kind: 'secondFactor', pending, ways, sent: [] } as const
  const sent = await identity.sendSecondFactorCode({ pending, method: best }, caller)
  return { kind: 'secondFactor', pending, ways, sent: sent.kind === 'done' ? [best] : [] } as const
}

export function isRefused(result: Answer | Refused): result is Refused {
  return result.kind === 'wrong' || result.kind === 'wait' || result.kind === 'proofWanted'
}
