/**
 * Which proofs make a sign-in. Where an account has a second factor, two different ones have to be shown, whichever comes first: also
 * a sign-in without a password is guarded. Source: NIST SP 800-63B-4, section 2.2, multi-factor at AAL2. E-mail stands in for no factor
 * that somebody chose: section 3.1.3 does not take it for one, and behind it there is nothing but an open mailbox.
 */
import type { CodeMethod } from '../../contract/account.ts'
import type { Account } from './identity.ts'

/** What was shown first. */
export type FirstFactor = 'password' | 'emailCode'
export type SecondWay = CodeMethod | 'passkey'

type Enrolled = Pick<Account, 'secondFactors' | 'recoveryCodesLeft'>

/** How the sign-in goes on, best first; none: it is complete. A passkey with user verification is two factors and never comes here. */
export function secondWays(first: FirstFactor, enrolled: Enrolled): readonly SecondWay[] {
  if (enrolled.secondFactors.length > 0) return strongWays(enrolled)
  return first === 'password' ? ['email'] : []
}

/**
 * How the second factor is given outside of the pages, best first and at least one. A passkey needs a page, so where there is nothing
 * else a code by e-mail does.
 */
export function codeMethods(enrolled: Enrolled): readonly CodeMethod[] {
  const strong = strongWays(enrolled).filter((way) => way !== 'passkey')
  return strong.some((way) => way !== 'recovery') ? strong : ['email', ...strong]
}

/** Recovery codes come last: they are for when all else is lost. */
function strongWays({ secondFactors, recoveryCodesLeft }: Enrolled): readonly SecondWay[] {
  const enrolled = (['passkey', 'totp', 'sms'] as const).filter((way) => secondFactors.includes(way))
  return recoveryCodesLeft > 0 ? [...enrolled, 'recovery'] : enrolled
}
