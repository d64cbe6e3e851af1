import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState, type SyntheticEvent } from 'react'
import type { Change, Role } from '../../../../contract/controls.ts'
import type { Profile } from '../../../../contract/ipc/household.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { NameField } from '../household/name-field.tsx'
import { cleanName, nameProblem } from '../household/names.ts'
import { RoleField } from '../household/role-field.tsx'
import { isMinor } from '../household/set-up-draft.ts'
import { ChangeReview } from '../limits/change-review.tsx'
import card from '../limits/limits-screen.module.css'
import { useConsider } from '../limits/use-consider.ts'
import { useFormFocus } from '../limits/use-form-focus.ts'
import styles from './family-screen.module.css'

const roles = ['child', 'teen', 'adult', 'guardian'] as const

/** Closes the form once what was asked for is done or waits. */
function useClosing() {
  const edit = useFeature('limits', (state) => state.edit)
  const forgetTold = useFeature('household', (state) => state.forgetTold)
  // What came of something else is old news beside a form that has just been opened.
  useEffect(forgetTold, [forgetTold])
  return {
    close: () => edit(null),
    closeWhen: async (isOver: Promise<boolean>) => {
      if (await isOver) edit(null)
    },
  }
}

export function NameForm({ profile: { memberId, name: now }, others }: { profile: Profile; others: readonly Profile[] }) {
  const { t } = useLingui()
  const rename = useFeature('household', (state) => state.rename)
  const isRenaming = useFeature('household', (state) => state.task === `rename ${memberId}`)
  const [name, setName] = useState(now)
  const [isTried, setIsTried] = useState(false)
  const { close, closeWhen } = useClosing()
  const form = useFormFocus(true)
  const problem = nameProblem(name, others.filter((one) => one.memberId !== memberId).map((one) => one.name))
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (problem === null) void closeWhen(rename(memberId, cleanName(name)))
  }
  return (
    <form ref={form} className={card.form} onSubmit={submit} aria-label={t`Rename: ${now}`}>
      <div className={styles.nameField}><NameField label={t`Name`} value={name} problem={problem} isTried={isTried} onChange={setName} /></div>
      <div className={card.actions}>
        <Button type="submit" isPending={isRenaming} isDisabled={cleanName(name) === now}><Trans>Rename…</Trans></Button>
        <Button look="quiet" onPress={close}><Trans>Cancel</Trans></Button>
      </div>
    </form>
  )
}

/** To a younger role at once, to an older one after a day and a second yes: main says which. */
export function RoleForm({ profile: { memberId, name, role: now } }: { profile: Profile }) {
  const { t } = useLingui()
  const ask = useFeature('limits', (state) => state.ask)
  const [role, setRole] = useState<Role>(now)
  const { close } = useClosing()
  const form = useFormFocus(true)
  const change: Change | null = role === now ? null : { kind: 'member', memberId, role }
  useConsider(change)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (change) void ask(change)
  }
  return (
    <form ref={form} className={card.form} onSubmit={submit} aria-label={t`Change role: ${name}`}>
      <RoleField roles={roles} value={role} onChange={setRole} />
      <ChangeReview action={<Trans>Change role…</Trans>} onCancel={close} />
    </form>
  )
}

export function RemovalForm({ profile: { memberId, name } }: { profile: Profile }) {
  const { t } = useLingui()
  const ask = useFeature('limits', (state) => state.ask)
  const { close } = useClosing()
  const form = useFormFocus(true)
  const change: Change = { kind: 'member', memberId, role: 'removed' }
  useConsider(change)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    void ask(change)
  }
  return (
    <form ref={form} className={card.form} onSubmit={submit} aria-label={t`Remove: ${name}`}>
      <p><Trans><bdi>{name}</bdi> can no longer open a profile or buy. What they bought stays in the history.</Trans></p>
      <ChangeReview action={<Trans>Remove…</Trans>} onCancel={close} />
    </form>
  )
}

export function NewMemberForm({ others }: { others: readonly Profile[] }) {
  const { t } = useLingui()
  const addMember = useFeature('household', (state) => state.addMember)
  const isAdding = useFeature('household', (state) => state.task === 'addMember')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('child')
  const [isTried, setIsTried] = useState(false)
  const { close, closeWhen } = useClosing()
  const form = useFormFocus(true)
  const problem = nameProblem(name, others.map((one) => one.name))
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (problem === null) void closeWhen(addMember(cleanName(name), role))
  }
  return (
    <form ref={form} className={card.form} onSubmit={submit} aria-label={t`New member`}>
      <div className={styles.nameField}><NameField label={t`Name`} value={name} problem={problem} isTried={isTried} onChange={setName} /></div>
      <RoleField roles={roles} value={role} onChange={setRole} />
      <p className={styles.quiet}>
        {isMinor(role)
          ? <Trans>They come in at once, with nothing to spend: they ask for each purchase until you set a limit for them.</Trans>
          : <Trans>A grown-up comes in after a day and a second yes. Next they choose a PIN.</Trans>}
      </p>
      <div className={card.actions}>
        <Button type="submit" isPending={isAdding}><Trans>Add…</Trans></Button>
        <Button look="quiet" onPress={close}><Trans>Cancel</Trans></Button>
      </div>
    </form>
  )
}
