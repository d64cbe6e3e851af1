/** The calls of both pages about buying: the launcher asks for a purchase, the confirm window answers the challenge. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { ConfirmContract } from '../contract/ipc/confirm.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import type { createPurchases } from './create-purchases.ts'
import type { createLatestPurchases } from './usecases/latest-purchases.ts'
import type { createSayNotMe } from './usecases/say-not-me.ts'
import type { createShowChallenge } from './usecases/show-challenge.ts'

type Purchases = ReturnType<typeof createPurchases>
type LauncherCall = Extract<keyof LauncherContract['calls'], `purchase.${string}`>
type ConfirmCall = Extract<keyof ConfirmContract['calls'], `challenge.${string}`>

export function createPurchasesHandlers(
  purchases: Purchases,
  latestPurchases: ReturnType<typeof createLatestPurchases>,
): Pick<Handlers<LauncherContract>, LauncherCall> {
  return {
    'purchase.request': purchases.requestPurchase,
    'purchase.settle': purchases.settlePurchases,
    'purchase.latest': latestPurchases,
  }
}

export function createChallengeHandlers(
  purchases: Purchases,
  showChallenge: ReturnType<typeof createShowChallenge>,
  sayNotMe: ReturnType<typeof createSayNotMe>,
): Pick<Handlers<ConfirmContract>, ConfirmCall> {
  return {
    'challenge.get': showChallenge,
    'challenge.approve': purchases.approveChallenge,
    'challenge.deny': purchases.denyChallenge,
    'challenge.notMe': sayNotMe,
    'challenge.cancel': async (answer) => {
      await purchases.cancelChallenge(answer)
      return {}
    },
  }
}
