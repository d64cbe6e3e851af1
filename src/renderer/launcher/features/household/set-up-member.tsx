import { Trans, useLingui } from '@lingui/react/macro'
import X from 'lucide-react/icons/x'
import { Button } from '../../../ui/button.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { AmountField, useParsedAmount } from '../limits/amount-field.tsx'
import { NameField } from './name-field.tsx'
import type { NameProblem } from './names.ts'
import { RoleField } from './role-field.tsx'
import styles from './household.module.css'
import { isMinor, type DraftMember } from './set-up-draft.ts'

const roles = ['child', 'teen', 'adult'] as const

interface SetUpMemberProps {
  readonly member: DraftMember
  readonly number: number
  readonly currency: string
  readonly problem: NameProblem | null
  readonly isTried: boolean
  readonly onChange: (member: DraftMember) => void
  readonly onRemove: () => void
}

/** One row of the set-up: somebody besides the guardian. */
export function SetUpMember({ member, number, currency, problem, isTried, onChange, onRemove }: SetUpMemberProps) {
  const { t } = useLingui()
  return (
    <li className={styles.member} aria-label={t`Person ${number}`}>
      <div className={styles.memberHead}>
        <NameField label={t`Name`} value={member.name} problem={problem} isTried={isTried} onChange={(name) => onChange({ ...member, name })} />
        <Button look="quiet" aria-label={t`Remove person ${number}`} onPress={onRemove}><X size={18} aria-hidden /></Button>
      </div>
      <RoleField roles={roles} value={member.role} onChange={(role) => onChange({ ...member, role })} />
      {isMinor(member.role) && <Allowance member={member} currency={currency} isTried={isTried} onChange={onChange} />}
    </li>
  )
}

type AllowanceProps = Pick<SetUpMemberProps, 'member' | 'currency' | 'isTried' | 'onChange'>

/** What a minor has to spend without asking. */
function Allowance({ member, currency, isTried, onChange }: AllowanceProps) {
  const { t } = useLingui()
  const parsed = useParsedAmount(member.amount, currency)
  const choices = [
    { value: 'ask', label: t`Asks each time` },
    { value: 'amount', label: t`Has an amount` },
  ] as const
  return (
    <div className={styles.allowance}>
      <div className={styles.labelled}>
        <span aria-hidden><Trans>To spend each week</Trans></span>
        <Segments label={t`To spend each week`} value={member.allowance} choices={choices} onChange={(allowance) => onChange({ ...member, allowance })} />
      </div>
      {member.allowance === 'amount' && (
        <AmountField label={t`At most a week`} text={member.amount} currency={currency} parsed={parsed} isTried={isTried} onChange={(amount) => onChange({ ...member, amount })} />
      )}
    </div>
  )
}
