import { Trans, useLingui } from '@lingui/react/macro'
import { SelectField } from '../../../ui/select-field.tsx'
import styles from './limits-screen.module.css'

function zoneChoices(chosen: string) {
  const zones = new Set([chosen, ...Intl.supportedValuesOf('timeZone')])
  return [...zones].sort().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
}

export function ZoneSelect({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const { t } = useLingui()
  return <SelectField label={t`Time zone`} value={zone} choices={zoneChoices(zone)} onChange={onChange} />
}

/** Whose midnight a day, a week and a month begin at: hardly ever another than the computer's, so it stays folded. */
export function ZoneDisclosure({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  return (
    <details className={styles.disclosure}>
      <summary><Trans>Calendar: {zone}</Trans></summary>
      <p><Trans>Days begin at midnight there, weeks on Monday, months on the first.</Trans></p>
      <ZoneSelect zone={zone} onChange={onChange} />
    </details>
  )
}
