import { useLingui } from '@lingui/react/macro'
import type { Role } from '../../../../contract/controls.ts'
import { SelectField } from '../../../ui/select-field.tsx'
import { roleMeanings, roleWords } from '../../../words/role-words.ts'
import styles from './household.module.css'

interface RoleFieldProps<R extends Role> {
  readonly roles: readonly R[]
  readonly value: R
  readonly onChange: (role: R) => void
}

/** What somebody may do, with a line that says what that means. */
export function RoleField<R extends Role>({ roles, value, onChange }: RoleFieldProps<R>) {
  const { t } = useLingui()
  return (
    <div className={styles.role}>
      <SelectField label={t`Role`} value={value} choices={roles.map((role) => ({ value: role, label: t(roleWords[role]) }))} onChange={onChange} />
      <p className={styles.meaning} aria-live="polite">{t(roleMeanings[value])}</p>
    </div>
  )
}
