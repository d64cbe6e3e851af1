/**
 * Which proofs make a sign-in. Where an account has a second factor, two different ones have to be shown, whichever comes first: also
 * a sign-in without a password is guarded. Source: NIST SP 800-63B-4, section 2.2, multi-factor at AAL2.
 */
import type { CodeMethod } from '../../contract/account.ts'
import { assertNever } from '../../domain/assert-never.ts'
import type { Account } from './identity.ts'

/**
 * What was shown first. `passwordByMail`: a password that was set by a link in a mail, so that behind it there is nothing but the
 * mailbox; a code by e-mail beside it would be the same proof twice.
 */
export type FirstFactor = 'password' | 'passwordByMail' | 'emailCode'
export type SecondWay = CodeMethod | 'passkey'

type Enrolled = Pick<Account, 'secondFactors' | 'recoveryCodesLeft'>

/** How the sign-in goes on, best first; none: it is complete. A passkey with user verification is two factors and never comes here. */
export function secondWays(first: FirstFactor, { secondFactors, recoveryCodesLeft }: Enrolled): readonly SecondWay[] {
  const isGuarded = secondFactors.length > 0
  const strong = isGuarded ? strongWays(secondFactors, recoveryCodesLeft) : []
  switch (first) {
    case 'password':
      return withEmail(strong)
    case 'passwordByMail':
      return isGuarded ? strong : ['email']
    case 'emailCode':
      return strong
    default:
      return assertNever(first)
  }
}

/** How the second factor is given outside of the pages: a passkey needs a page. */
export function codeMethods({ secondFactors, recoveryCodesLeft }: Enrolled): readonly CodeMethod[] {
  return withEmail(strongWays(secondFactors, recoveryCodesLeft)).filter((way) => way !== 'passkey')
}

function strongWays(secondFactors: Account['secondFactors'], recoveryCodesLeft: number): readonly SecondWay[] {
  const enrolled = (['passkey', 'totp', 'sms'] as const).filter((way) => secondFactors.includes(way))
  return recoveryCodesLeft > 0 ? [...enrolled, 'recovery'] : enrolled
}

/** Before the recovery codes, which are for when all else is lost. */
function withEmail(ways: readonly SecondWay[]): readonly SecondWay[] {
  return [...ways.filter((way) => way !== 'recovery'), 'email', ...ways.filter((way) => way === 'recovery')]
}
