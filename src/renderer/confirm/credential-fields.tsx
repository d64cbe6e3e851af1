import { Trans } from '@lingui/react/macro'
import { useId } from 'react'
import field from '../ui/field.module.css'
import type { Hint } from './confirm-state.ts'
import styles from './confirm.module.css'
import type { Credentials } from './credentials.ts'
import { isAboutTyped } from './hint.tsx'
import { CodeField, type Enter, PinField } from './secret-field.tsx'

interface CredentialFieldsProps {
  readonly credentials: Credentials
  readonly wantsCode: boolean
  readonly hint: Hint | null
  readonly hintId: string
  /** Never there where money is spent. */
  readonly enter?: Enter
}

/** Who answers, where there are several who may, and how they show that it is them. */
export function CredentialFields({ credentials, wantsCode, hint, hintId, enter }: CredentialFieldsProps) {
  const { people, pin, code } = credentials
  const name = people[0]?.name ?? ''
  const shared = { isWrong: hint !== null && isAboutTyped(hint), isReadOnly: hint?.kind === 'checking', describedBy: hintId, enter }
  return (
    <div className={styles.fields}>
      {people.length > 1 && <PersonChoice {...credentials} />}
      <PinField ref={pin} label={people.length > 1 ? <Trans>PIN</Trans> : <Trans>PIN of <bdi>{name}</bdi></Trans>} {...shared} />
      {wantsCode && <CodeField ref={code} {...shared} />}
    </div>
  )
}

function PersonChoice({ people, memberId, choose }: Credentials) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}><Trans>Who answers</Trans></label>
      <select id={id} className={field.input} value={memberId} onChange={({ target }) => choose(target.value)}>
        {people.map((one) => (
          <option key={one.memberId} value={one.memberId}>{one.name}</option>
        ))}
      </select>
    </div>
  )
}
