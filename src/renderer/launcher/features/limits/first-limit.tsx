import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { SelectField } from '../../../ui/select-field.tsx'
import { useFormat } from '../../../i18n/format-context.ts'
import { useCurrencies } from '../household/use-currencies.ts'
import { LimitForm } from './limit-form.tsx'
import styles from './limits-screen.module.css'
import { ZoneDisclosure } from './zone-field.tsx'

/** Before there is any limit: what one is, and all that is needed to set one, filled in as far as can be guessed. */
export function FirstLimit({ systemZone }: { systemZone: string }) {
  const { t } = useLingui()
  const format = useFormat()
  const currencies = useCurrencies()
  const [chosen, setChosen] = useState<string | null>(null)
  const [zone, setZone] = useState(systemZone)
  const currency = chosen ?? currencies[0] ?? 'EUR'
  return (
    <section className={styles.card} aria-labelledby="first-limit">
      <h2 id="first-limit"><Trans>Set your first limit</Trans></h2>
      <p className={styles.purpose}>
        <Trans>A limit stops purchases that would go beyond it. You can make it stricter at any moment; making it looser takes a day and a second yes.</Trans>
      </p>
      <LimitForm currency={currency} household={{ zone, currency }}>
        <SelectField
          label={t`Currency`}
          value={currency}
          choices={currencies.map((code) => ({ value: code, label: format.currencyName(code) }))}
          onChange={setChosen}
        />
        <ZoneDisclosure zone={zone} onChange={setZone} />
      </LimitForm>
    </section>
  )
}
