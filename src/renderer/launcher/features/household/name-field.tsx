import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { TextField } from '../../../ui/text-field.tsx'
import { longestName, type NameProblem } from './names.ts'

const problemWords: Record<NameProblem, MessageDescriptor> = {
  empty: msg`Enter a name.`,
  tooLong: msg`That is longer than 40 characters. Enter a shorter name.`,
  cardNumber: msg`That is the number of a card, which is never kept here. Enter a name.`,
  taken: msg`Somebody has this name already. Enter another one.`,
}

interface NameFieldProps {
  readonly label: string
  readonly value: string
  readonly problem: NameProblem | null
  /** Whether the person has tried to go on, so that an empty field is worth a word. */
  readonly isTried: boolean
  readonly onChange: (value: string) => void
}

/** What somebody is to be called. */
export function NameField({ label, value, problem, isTried, onChange }: NameFieldProps) {
  const { t } = useLingui()
  const isTold = problem !== null && (isTried || problem !== 'empty')
  return <TextField label={label} value={value} maxLength={longestName} error={isTold ? t(problemWords[problem]) : undefined} onChange={onChange} />
}
