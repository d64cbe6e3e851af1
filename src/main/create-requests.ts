/** Puts the use cases of asking a guardian together, and what people see of their family. */
import type { createPurchases, PurchasesDeps } from './create-purchases.ts'
import type { Credentials } from './ports/credentials.ts'
import { createAnswerRequest } from './usecases/answer-request.ts'
import { createAskGuardian } from './usecases/ask-guardian.ts'
import type { ControlHistory } from './usecases/control-history.ts'
import { createReportFamily } from './usecases/report-family.ts'
import { createWithdrawRequest } from './usecases/withdraw-request.ts'

type Purchases = Pick<ReturnType<typeof createPurchases>, 'askingPause' | 'cancelChallenge' | 'pending' | 'quoteNow' | 'trustedNow'>

export interface RequestsDeps extends PurchasesDeps {
  readonly controlHistory: ControlHistory
  readonly credentials: Pick<Credentials, 'has'>
}

/** `purchases` asks and answers as these do: a person is asked one thing at a time. */
export function createRequests(deps: RequestsDeps, purchases: Purchases) {
  const hasCredentials = async (memberId: string) => {
    const { pin, secondFactor } = await deps.credentials.has(memberId)
    return pin && secondFactor
  }
  const shared = { ...deps, ...purchases, hasCredentials }
  return {
    reportFamily: createReportFamily(shared),
    askGuardian: createAskGuardian(shared),
    withdrawRequest: createWithdrawRequest(shared),
    answerRequest: createAnswerRequest(shared),
  }
}
