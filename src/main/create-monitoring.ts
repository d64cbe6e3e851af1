/** Puts together what is done where something looks wrong: what was judged, what people say of it, and what is frozen. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import { isExpected } from './expected.ts'
import { createAnswerRisk } from './usecases/answer-risk.ts'
import { createFreezeBuying, type FreezeBuyingDeps, type SignedOut } from './usecases/freeze-buying.ts'
import { createReportMonitoring } from './usecases/report-monitoring.ts'
import { createRiskScores } from './usecases/risk-scores.ts'
import { createSayNotMe, type SayNotMeDeps } from './usecases/say-not-me.ts'
import { createThawBuying, type ThawBuyingDeps } from './usecases/thaw-buying.ts'

/** The account that this device may be signed in to. */
interface AccountOfDevice {
  readonly session: { load(): Promise<unknown>; current(): unknown }
  readonly signOutEverywhere: () => Promise<void>
}

type Deps = Omit<FreezeBuyingDeps, 'signOutEverywhere'> & { readonly account: AccountOfDevice } &
  Omit<Parameters<typeof createAnswerRisk>[0], 'freezeBuying' | 'riskScores'> &
  Omit<Parameters<typeof createReportMonitoring>[0], 'riskScores' | 'thawPauseMs' | 'thawWay'> &
  Omit<SayNotMeDeps, 'freezeBuying'> &
  Omit<ThawBuyingDeps, 'isSignedIn'>

export function createMonitoring(deps: Deps) {
  const riskScores = createRiskScores()
  const freezeBuying = createFreezeBuying({ ...deps, signOutEverywhere: () => signedOut(deps.account) })
  const { thawBuying, pauseMs, wayOf } = createThawBuying({ ...deps, isSignedIn: () => deps.account.session.current() !== null })
  return {
    answerRisk: createAnswerRisk({ ...deps, freezeBuying, riskScores }),
    reportMonitoring: createReportMonitoring({ ...deps, riskScores, thawPauseMs: pauseMs, thawWay: wayOf }),
    sayNotMe: createSayNotMe({ ...deps, freezeBuying }),
    thawBuying,
  }
}

/** What could not be done now can be done on the Account screen, or on its page in any browser. */
async function signedOut({ session, signOutEverywhere }: AccountOfDevice): Promise<SignedOut> {
  try {
    await session.load()
    if (session.current() === null) return 'notSignedIn'
    await signOutEverywhere()
    return session.current() === null ? 'done' : 'failed'
  } catch (error) {
    if (isExpected(error)) return 'failed'
    throw error
  }
}

type MonitoringCall = Extract<keyof LauncherContract['calls'], `monitoring.${string}`>

export function createMonitoringHandlers(monitoring: ReturnType<typeof createMonitoring>): Pick<Handlers<LauncherContract>, MonitoringCall> {
  return {
    'monitoring.get': monitoring.reportMonitoring,
    'monitoring.answer': monitoring.answerRisk,
    'monitoring.thaw': monitoring.thawBuying,
  }
}
