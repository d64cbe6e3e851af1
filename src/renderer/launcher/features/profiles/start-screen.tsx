import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Profile } from '../../../../contract/ipc/household.ts'
import type { Status } from '../../../../contract/ipc/status.ts'
import { assertNever } from '../../../assert-never.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
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

/** Why profiles cannot be opened here: nobody's PIN can be looked at now, or nobody's was ever chosen here. */
type Closed = 'noKeychain' | 'noPins' | null

interface TileProps {
  readonly profile: Profile
  /** Somebody who could set a PIN for others on this computer. */
  readonly hasGuardian: boolean
  readonly closed: Closed
}

function Hindrance({ profile: { hasPin, waitMs, role }, hasGuardian, closed }: TileProps) {
  if (waitMs > 0) return <><strong><Wait waitMs={waitMs} /></strong> · <Trans>too many wrong PINs</Trans></>
  if (hasPin) return null
  if (closed === 'noKeychain') return <Trans>Cannot be opened now.</Trans>
  if (!hasGuardian) return <Trans>No PIN on this computer.</Trans>
  if (role === 'guardian') return <Trans>No PIN on this computer. Another guardian can set one here.</Trans>
  return <Trans>No PIN on this computer. A guardian opens their profile and sets one under Family.</Trans>
}

function Tile(props: TileProps) {
  const { t } = useLingui()
  const { profile } = props
  const { memberId, name, role, hasPin, waitMs } = profile
  const open = useFeature('household', (state) => state.open)
  const isOpening = useFeature('household', (state) => state.task === `open ${memberId}`)
  const isHindered = hasPin !== true || waitMs > 0
  return (
    <li>
      {/* Stays in the order of the keyboard, so that why it cannot be opened is read. */}
      <PlainButton className={styles.tile ?? ''} aria-disabled={isHindered} aria-busy={isOpening} onClick={() => !isHindered && void open(memberId)}>
        <Avatar id={memberId} initials={initialsOf(name)} isLarge />
        <span className={styles.name}><bdi>{name}</bdi></span>
        <span className={styles.role}>{t(roleWords[role])}</span>
        {isHindered && <span className={styles.hindrance}><Hindrance {...props} /></span>}
      </PlainButton>
    </li>
  )
}

function closedFor(profiles: readonly Profile[]): Closed {
  if (profiles.some(({ hasPin }) => hasPin)) return null
  return profiles.some(({ hasPin }) => hasPin === null) ? 'noKeychain' : 'noPins'
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

/** First the money, then what happened, then what can be done about it. */
function WhyClosed({ closed, hasLedger }: { closed: NonNullable<Closed>; hasLedger: boolean }) {
  const retry = useFeature('app', (state) => state.retry)
  const load = useFeature('household', (state) => state.load)
  if (closed === 'noKeychain') {
    const tryAgain = <Button onPress={() => void retry().then(load)}><Trans>Look again</Trans></Button>
    return (
      <Banner tone="quiet" actions={tryAgain} title={<Trans>Nothing can be bought now, so nothing is charged.</Trans>}>
        <p><Trans>PINs are checked with the computer’s keychain, and it is locked or cannot be used. No PIN is lost: once the keychain is unlocked, profiles open as before.</Trans></p>
      </Banner>
    )
  }
  return (
    <Banner tone="quiet" title={<Trans>Nothing can be bought on this computer, so nothing is charged here.</Trans>}>
      <p><Trans>This household was set up on another computer, or with another keychain. The PINs of its members are only there, so no profile can be opened here.</Trans></p>
      <p><Trans>There everything goes on as before: purchases, limits and requests. A guardian cannot be brought to another computer yet; that comes with accounts.</Trans></p>
      {!hasLedger && <p><Trans>If it was set up here, the old keychain brings the PINs back, as the notice above says. A new ledger does not, and it knows nobody’s name.</Trans></p>}
    </Banner>
  )
}

/** Whose turn it is. Nothing of anybody's purchases or limits is here. */
export function StartScreen({ status, profiles }: { status: Status; profiles: readonly Profile[] }) {
  const told = useFeature('household', (state) => state.told)
  const list = useArrowKeys()
  const hasGuardian = profiles.some(({ role, hasPin }) => role === 'guardian' && hasPin)
  const closed = closedFor(profiles)
  return (
    <div className={household.welcome}>
      <div>
        <h1 className={household.title}>{closed ? <Trans>No profile can be opened here</Trans> : <Trans>Who is there?</Trans>}</h1>
        {!closed && <p className={household.lead}><Trans>Choose your profile. A window then asks for your PIN.</Trans></p>}
      </div>
      {closed && <WhyClosed closed={closed} hasLedger={status.ledger === 'ready'} />}
      <ul ref={list} className={styles.tiles}>
        {profiles.map((profile) => <Tile key={profile.memberId} profile={profile} hasGuardian={hasGuardian} closed={closed} />)}
      </ul>
      <div role="status">{toldOf(told)}</div>
    </div>
  )
}
