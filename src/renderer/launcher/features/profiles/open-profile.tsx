import { Trans, useLingui } from '@lingui/react/macro'
import Lock from 'lucide-react/icons/lock'
import type { Person } from '../../../../contract/household.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { roleWords } from '../../../words/role-words.ts'
import { useFeature } from '../../app/stores.ts'
import { initialsOf } from '../household/names.ts'
import styles from './open-profile.module.css'

/** Whose profile is open, and the way to lock it. */
export function OpenProfile({ person: { memberId, name, role } }: { person: Person }) {
  const { t } = useLingui()
  const lock = useFeature('household', (state) => state.lock)
  return (
    <div className={styles.open} role="group" aria-label={t`Open profile`}>
      <Avatar id={memberId} initials={initialsOf(name)} />
      <p className={styles.words}>
        <span className={styles.name}><bdi>{name}</bdi></span>
        <span className={styles.role}>{t(roleWords[role])}</span>
      </p>
      <Button className={styles.lock} onPress={() => void lock()}><Lock size={16} aria-hidden /><Trans>Lock</Trans></Button>
    </div>
  )
}
