import { Plural, Trans, useLingui } from '@lingui/react/macro'
import UserPlus from 'lucide-react/icons/user-plus'
import { useState } from 'react'
import type { Person } from '../../../../contract/household.ts'
import type { Profile } from '../../../../contract/ipc/household.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import table from '../../../ui/table.module.css'
import { roleMeanings, roleWords } from '../../../words/role-words.ts'
import { useFeature } from '../../app/stores.ts'
import { matchesText } from '../../text-match.ts'
import { HouseholdTold } from '../household/household-told.tsx'
import { initialsOf } from '../household/names.ts'
import { isMinor } from '../household/set-up-draft.ts'
import card from '../limits/limits-screen.module.css'
import { WhatCame } from '../limits/what-came.tsx'
import styles from './family-screen.module.css'
import { NameForm, NewMemberForm, RemovalForm, RoleForm } from './member-forms.tsx'

/** Their own PIN is everybody's to change; the rest is for guardians. */
function Actions({ profile: { memberId, name }, isGuardian, isOwn }: { profile: Profile; isGuardian: boolean; isOwn: boolean }) {
  const { t } = useLingui()
  const edit = useFeature('limits', (state) => state.edit)
  const setPin = useFeature('household', (state) => state.setPin)
  const isSettingPin = useFeature('household', (state) => state.task === `pin ${memberId}`)
  return (
    <div className={styles.actions}>
      {isGuardian && (
        <>
          <Button look="quiet" aria-label={t`Rename: ${name}`} onPress={() => edit({ kind: 'name', memberId })}><Trans>Rename</Trans></Button>
          <Button look="quiet" aria-label={t`Change role: ${name}`} onPress={() => edit({ kind: 'role', memberId })}><Trans>Change role</Trans></Button>
        </>
      )}
      {(isGuardian || isOwn) && (
        <Button look="quiet" isPending={isSettingPin} aria-label={t`New PIN: ${name}`} onPress={() => void setPin(memberId)}><Trans>New PIN…</Trans></Button>
      )}
      {isGuardian && <Button look="quiet" aria-label={t`Remove: ${name}`} onPress={() => edit({ kind: 'removal', memberId })}><Trans>Remove</Trans></Button>}
    </div>
  )
}

function MemberRow({ profile, profiles, me }: { profile: Profile; profiles: readonly Profile[]; me: Person }) {
  const { t } = useLingui()
  const { memberId, name, role, hasPin } = profile
  const editing = useFeature('limits', (state) => (state.editing && 'memberId' in state.editing && state.editing.memberId === memberId ? state.editing.kind : null))
  const isOwn = memberId === me.memberId
  const about = isOwn && isMinor(role) ? t`Your PIN opens it. Nobody else needs to know it.` : t(roleMeanings[role])
  return (
    <li className={styles.member} aria-label={name}>
      <div className={styles.memberHead}>
        <Avatar id={memberId} initials={initialsOf(name)} />
        <div className={styles.words}>
          <p><strong><bdi>{name}</bdi></strong>{isOwn && <> <span className={styles.quiet}><Trans>(you)</Trans></span></>} · {t(roleWords[role])}</p>
          <p className={styles.quiet}>{hasPin === false ? <Trans>No PIN on this computer.</Trans> : about}</p>
        </div>
        <Actions profile={profile} isGuardian={me.role === 'guardian'} isOwn={isOwn} />
      </div>
      {editing === 'name' && <NameForm profile={profile} others={profiles} />}
      {editing === 'role' && <RoleForm profile={profile} />}
      {editing === 'removal' && <RemovalForm profile={profile} />}
    </li>
  )
}

function Told() {
  const told = useFeature('household', (state) => state.told)
  const change = useFeature('limits', (state) => (state.draft === null ? state.told : null))
  return change ? <WhatCame told={change} className={card.told} /> : <HouseholdTold result={told?.result ?? null} />
}

/** With fewer, a look finds everybody. */
const many = 6

/** Everybody in the household, and what can be done about them. */
export function MemberList({ profiles, me }: { profiles: readonly Profile[]; me: Person }) {
  const { t } = useLingui()
  const edit = useFeature('limits', (state) => state.edit)
  const isAdding = useFeature('limits', ({ editing }) => editing?.kind === 'newMember')
  const isGuardian = me.role === 'guardian'
  const [text, setText] = useState('')
  const found = profiles.filter(({ name, role }) => matchesText(text, [name, t(roleWords[role])]))
  return (
    <section className={card.card} aria-labelledby="members">
      <div className={card.head}>
        <h2 id="members">{isMinor(me.role) ? <Trans>Your profile</Trans> : <Trans>Members</Trans>}</h2>
        {isGuardian && !isAdding && <Button onPress={() => edit({ kind: 'newMember' })}><UserPlus size={16} aria-hidden /><Trans>Add member</Trans></Button>}
      </div>
      {isAdding && <NewMemberForm others={profiles} />}
      {profiles.length > many && (
        <div className={table.toolbar}>
          <SearchField label={t`Search the members`} value={text} onChange={setText} />
          <p aria-live="polite"><Plural value={found.length} one="# member" other="# members" /></p>
        </div>
      )}
      <ul className={card.plainList}>
        {found.map((profile) => <MemberRow key={profile.memberId} profile={profile} profiles={profiles} me={me} />)}
      </ul>
      <Told />
    </section>
  )
}
