/** What a change would do to the controls, and whether it can be at all. */
import { isZone } from './calendar.ts'
import { hoursOf, isSameKey, levelsOf, limitFor } from './control-parts.ts'
import { type Change, memberRoles, type SharedControls } from './control-types.ts'
import { areSameLevels, isLessWatchful, monitoringLevels } from './monitoring.ts'
import { leavesGap, type QuietHours } from './quiet-hours.ts'
import { isMinor, rankOf, roleIn } from './roles.ts'

/** Whether two changes are about the same control, so that the newer takes the place of the older. */
export function isAboutSame(one: Change, other: Change): boolean {
  if (one.kind === 'limit' && other.kind === 'limit') return isSameKey(one, other)
  if (one.kind === 'quietHours' && other.kind === 'quietHours') return one.memberId === other.memberId
  if (one.kind === 'monitoring' && other.kind === 'monitoring') return one.memberId === other.memberId
  if (one.kind === 'member' && other.kind === 'member') return one.memberId === other.memberId
  return one.kind === other.kind
}

export type Effect = 'none' | 'tighter' | 'looser'

/** What a change would do to the controls as they are. One that gives and takes away at once is looser. */
export function effectOf(controls: SharedControls, change: Change): Effect {
  switch (change.kind) {
    case 'limit': {
      const before = limitFor(controls, change)?.amount ?? null
      if (before === change.amount) return 'none'
      if (before === null) return 'tighter'
      return change.amount !== null && BigInt(change.amount) < BigInt(before) ? 'tighter' : 'looser'
    }
    case 'quietHours': {
      const before = hoursOf(controls, change.memberId)
      if (leavesGap(before, change.hours)) return 'looser'
      return leavesGap(change.hours, before) ? 'tighter' : 'none'
    }
    case 'zone':
      return !controls.household || change.zone === controls.household.zone ? 'none' : 'looser'
    case 'member':
      return effectOnMember(controls, change)
    case 'monitoring': {
      const before = levelsOf(controls, change.memberId)
      if (areSameLevels(before, change)) return 'none'
      return isLessWatchful(change, before) ? 'looser' : 'tighter'
    }
  }
}

/** Who comes into the household as a minor may spend nothing yet; a grown-up gives the household more ways to spend. */
function effectOnMember(controls: SharedControls, { memberId, role }: Extract<Change, { kind: 'member' }>): Effect {
  const before = roleIn(controls, memberId)
  if (before === undefined) return role === 'removed' ? 'none' : isMinor(role) ? 'tighter' : 'looser'
  if (before === role) return 'none'
  return rankOf(role) < rankOf(before) ? 'tighter' : 'looser'
}

/** Whether a change says something possible. */
export function isPossibleChange(change: Change): boolean {
  switch (change.kind) {
    case 'limit':
      return change.amount === null || /^(0|[1-9]\d{0,14})$/.test(change.amount)
    case 'quietHours':
      return change.hours.length <= 28 && change.hours.every(isPossibleHours)
    case 'zone':
      return isZone(change.zone)
    case 'member':
      return change.memberId !== '' && memberRoles.includes(change.role)
    case 'monitoring':
      return change.memberId !== '' && [change.takeover, change.burst].every((level) => monitoringLevels.includes(level))
  }
}

function isPossibleHours({ weekday, fromMinute, toMinute }: QuietHours): boolean {
  const isMinute = (minute: number) => Number.isInteger(minute) && minute >= 0 && minute < 1440
  return Number.isInteger(weekday) && weekday >= 1 && weekday <= 7 && isMinute(fromMinute) && isMinute(toMinute) && fromMinute !== toMinute
}
