import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Profile } from '../../../../contract/ipc/household.ts'
import { assertNever } from '../../../assert-never.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { PlainButton } from '../../../ui/plain-button.tsx'
import { roleWords } from '../../../words/role-words.ts'
import { useFeature } from '../../app/stores.ts'
import type { HouseholdTold as Told } from '../household/household-store.ts'
import { HouseholdTold } from '../household/household-told.tsx'
import household from '../household/household.module.css'
import { initialsOf } from '../household/names.ts'
import { useArrowKeys } from './use-arrow-keys.ts'
import styles from './start-screen.module.css'

function Wait({ waitMs }: { waitMs: number }) {
  const minutes = Math.ceil(waitMs / 60_000)
  if (minutes < 120) return <Plural value={minutes} one="Wait # min" other="Wait # min" />
  return <Plural value={Math.ceil(minutes / 60)} one="Wait # hour" other="Wait # hours" />
}

interface TileProps {
  readonly profile: Profile
  /** Somebody who could set a PIN for others on this computer. */
  readonly hasGuardian: boolean
}

function Hindrance({ profile: { hasPin, waitMs, role }, hasGuardian }: TileProps) {
  if (waitMs > 0) return <><strong><Wait waitMs={waitMs} /></strong> · <Trans>too many wrong PINs</Trans></>
  if (hasPin) return null
  if (role === 'guardian' || !hasGuardian) return <Trans>No PIN on this computer. Another guardian can set one here.</Trans>
  return <Trans>No PIN on this computer. A guardian opens their profile and sets one under Family.</Trans>
}

function Tile({ profile, hasGuardian }: TileProps) {
  const { t } = useLingui()
  const { memberId, name, role, hasPin, waitMs } = profile
  const open = useFeature('household', (state) => state.open)
  const isOpening = useFeature('household', (state) => state.task === `open ${memberId}`)
  const isHindered = !hasPin || waitMs > 0
  return (
    <li>
      {/* Stays in the order of the keyboard, so that why it cannot be opened is read. */}
      <PlainButton className={styles.tile ?? ''} aria-disabled={isHindered} aria-busy={isOpening} onClick={() => !isHindered && void open(memberId)}>
        <Avatar id={memberId} initials={initialsOf(name)} isLarge />
        <span className={styles.name}><bdi>{name}</bdi></span>
        <span className={styles.role}>{t(roleWords[role])}</span>
        {isHindered && <span className={styles.hindrance}><Hindrance profile={profile} hasGuardian={hasGuardian} /></span>}
      </PlainButton>
    </li>
  )
}

/** What came of trying to open a profile. Nothing to say where it is open now. */
function toldOf(told: Told | null) {
  if (!told || !told.task.startsWith('open ')) return null
  const { result } = told
  switch (result.kind) {
    case 'done':
    case 'asked':
      return null
    case 'declined':
      return <p className={household.lead}><Trans>The profile was not opened. Choose one to try again.</Trans></p>
    case 'refused':
    case 'broken':
      return <HouseholdTold result={result} />
    default:
      return assertNever(result)
  }
}

/** Whose turn it is. Nothing of anybody's purchases or limits is here. */
export function StartScreen({ profiles }: { profiles: readonly Profile[] }) {
  const told = useFeature('household', (state) => state.told)
  const list = useArrowKeys()
  const hasGuardian = profiles.some(({ role, hasPin }) => role === 'guardian' && hasPin)
  return (
    <div className={household.welcome}>
      <div>
        <h1 className={household.title}><Trans>Who is there?</Trans></h1>
        <p className={household.lead}><Trans>Choose your profile. A window then asks for your PIN.</Trans></p>
      </div>
      <ul ref={list} className={styles.tiles}>
        {profiles.map((profile) => <Tile key={profile.memberId} profile={profile} hasGuardian={hasGuardian} />)}
      </ul>
      <div role="status">{toldOf(told)}</div>
    </div>
  )
}
