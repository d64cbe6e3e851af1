import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useFormat } from '../../../i18n/format-context.ts'
import { SelectField } from '../../../ui/select-field.tsx'
import { useFeature } from '../../app/stores.ts'
import card from '../limits/limits-screen.module.css'
import styles from './exclusion-screen.module.css'
import { helpCountries, helpCountryOf, helpIn } from './help-lines.ts'

/** Who helps people that buy more than they want to. Text only: a page opens nothing. */
export function Help() {
  const { t } = useLingui()
  const format = useFormat()
  const locale = useFeature('app', ({ status }) => status?.appearance.locale ?? 'en')
  const [chosen, setChosen] = useState<string | null>(null)
  const country = chosen ?? helpCountryOf(locale)
  const choices = helpCountries
    .map((code) => ({ value: code, label: format.country(code) }))
    .sort((one, other) => format.compare(one.label, other.label))
  return (
    <section className={card.card} aria-labelledby="help">
      <h2 id="help"><Trans>Where help is</Trans></h2>
      <p className={card.purpose}><Trans>These services talk to people who spend more than they want to, and to those close to them. They have nothing to do with Tuppence.</Trans></p>
      <div className={card.choices}><SelectField label={t`Country`} value={country} choices={choices} onChange={setChosen} /></div>
      <ul className={styles.lines}>
        {helpIn(country).map(({ organisation, phone, source, date }) => (
          <li key={organisation}>
            <p><strong><bdi>{organisation}</bdi></strong></p>
            <p className={styles.phone}><bdi>{phone}</bdi></p>
            <p className={card.quiet}><bdi>{source}</bdi></p>
            <p className={card.quiet}><Trans>As of {format.day(date)}</Trans></p>
          </li>
        ))}
      </ul>
    </section>
  )
}
