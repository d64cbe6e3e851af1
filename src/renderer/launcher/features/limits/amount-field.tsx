import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useFormat } from '../../../i18n/format-context.ts'
import { minorUnitDigits } from '../../../i18n/format.ts'
import { parseAmount, type AmountProblem, type ParsedAmount } from '../../../i18n/parse-amount.ts'
import { TextField } from '../../../ui/text-field.tsx'
import { useFeature } from '../../app/stores.ts'

const problemWords: Record<Exclude<AmountProblem, 'tooPrecise'>, MessageDescriptor> = {
  empty: msg`Enter an amount.`,
  notAnAmount: msg`That is no amount. Enter only digits with a point or comma, such as 10.50.`,
  tooMuch: msg`That is more than can be counted. Enter a smaller amount.`,
}

function Problem({ problem, currency }: { problem: AmountProblem; currency: string }) {
  const { t } = useLingui()
  const name = useFormat().currencyName(currency)
  if (problem !== 'tooPrecise') return t(problemWords[problem])
  const digits = minorUnitDigits(currency)
  if (digits === 0) return <Trans>{name} has no decimals. Enter a whole amount.</Trans>
  return <Plural value={digits} one={`${name} has # decimal. Enter no more than that.`} other={`${name} has # decimals. Enter no more than those.`} />
}

/** What is typed, understood as the person's language and region write amounts. */
export function useParsedAmount(text: string, currency: string): ParsedAmount {
  const locale = useFeature('app', ({ status }) => status?.appearance.locale ?? 'en')
  return parseAmount(text, currency, locale)
}

interface AmountFieldProps {
  readonly label: string
  readonly text: string
  readonly currency: string
  readonly parsed: ParsedAmount
  /** Whether the person has tried to go on, so that an empty field is worth a word. */
  readonly isTried: boolean
  readonly onChange: (text: string) => void
}

/** An amount to type in, with what was understood below, or what is wrong with it. */
export function AmountField({ label, text, currency, parsed, isTried, onChange }: AmountFieldProps) {
  const format = useFormat()
  const isWrong = parsed.kind === 'problem' && (parsed.problem !== 'empty' || isTried)
  const note = (() => {
    if (parsed.kind !== 'ok') return format.currencyName(currency)
    const money = format.money({ amount: parsed.amount, currency })
    return parsed.amount === '0' ? <Trans>{money}: nothing can be bought then.</Trans> : <Trans>Understood as {money}</Trans>
  })()
  return (
    <TextField
      label={label}
      value={text}
      inputMode="decimal"
      note={note}
      error={isWrong ? <Problem problem={parsed.problem} currency={currency} /> : undefined}
      onChange={onChange}
    />
  )
}
