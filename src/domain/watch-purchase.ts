/** How a purchase looks to the model before anybody is asked about it, and what follows from that. It never stops one, and never lets one through. */
import type { ChallengeContent, ShownRisk } from './events.ts'
import { bandsOf, type MonitoringLevels } from './monitoring.ts'
import { bands } from './risk/bands.ts'
import { type Harm, harms } from './risk/harm.ts'
import { rounded } from './risk/numbers.ts'
import type { RiskPurchase } from './risk/observation.ts'
import { scorePurchase } from './risk/observe.ts'
import type { RiskProfile } from './risk/profile.ts'

/** How long a yes does not count yet, from the band `pause` on; milliseconds. */
export const riskPauseMs = 20_000

const mostReasons = 3

/** Null where nobody watches. */
export function watchPurchase(profile: RiskProfile, purchase: RiskPurchase, levels: MonitoringLevels): ShownRisk | null {
  if (harms.every((harm) => levels[harm] === 'off')) return null
  const { takeover, burst, reasons } = scorePurchase(profile, purchase)
  const followed = bandsOf({ takeover, burst }, levels)
  const watched = reasons.filter(({ harm }) => levels[harm] !== 'off')
  // What something follows from comes first.
  const first = watched.toSorted((one, other) => Number(followed.bands[other.harm] !== 'nothing') - Number(followed.bands[one.harm] !== 'nothing'))
  const told = first.slice(0, mostReasons).map(({ harm, sign, effect }) => ({ harm, sign, effect: rounded(effect) }))
  return { takeover: rounded(takeover), burst: rounded(burst), ...followed, levels, reasons: told }
}

const reaches = (band: ShownRisk['band'], from: ShownRisk['band']) => bands.indexOf(band) >= bands.indexOf(from)

/** Whether the person has to have had time to think before a yes counts. */
export const isPaused = ({ risk }: Pick<ChallengeContent, 'risk'>): boolean => risk !== undefined && reaches(risk.band, 'pause')

/** Whether whoever says yes shows that it is them. */
export const looksLikeSomebodyElse = (risk: ShownRisk | null): boolean => risk !== null && reaches(risk.bands.takeover, 'pause')

/** The harms that the person is told of. */
export const harmsTold = ({ bands: of }: Pick<ShownRisk, 'bands'>): Harm[] => harms.filter((harm) => of[harm] !== 'nothing')
