import { Trans, useLingui } from '@lingui/react/macro'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import type { Status } from '../../../../contract/ipc/status.ts'
import { Button } from '../../../ui/button.tsx'
import panel from '../../../ui/panel.module.css'
import { Segments } from '../../../ui/segments.tsx'
import { useFeature } from '../../app/stores.ts'
import { BeginKiosk } from '../kiosk/begin-kiosk.tsx'
import styles from './preferences-button.module.css'

function Choices({ status: { preferences, version } }: { status: Status }) {
  const { t } = useLingui()
  const setPreferences = useFeature('app', (state) => state.setPreferences)
  return (
    <>
      <p className={styles.label} aria-hidden><Trans>Language</Trans></p>
      <Segments
        label={t`Language`}
        value={preferences.language}
        choices={[
          { value: 'system', label: t`System` },
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
        onChange={(language) => void setPreferences({ ...preferences, language })}
      />
      <p className={styles.label} aria-hidden><Trans>Colours</Trans></p>
      <Segments
        label={t`Colours`}
        value={preferences.theme}
        choices={[
          { value: 'dark', label: t`Dark` },
          { value: 'light', label: t`Light` },
        ]}
        onChange={(theme) => void setPreferences({ ...preferences, theme })}
      />
      <BeginKiosk className={styles.kiosk} />
      <p className={styles.version}>Tuppence {version}</p>
    </>
  )
}

/** Opens a small dialog about how Tuppence presents itself. */
export function PreferencesButton({ status }: { status: Status }) {
  const { t } = useLingui()
  return (
    <DialogTrigger>
      <Button look="quiet" aria-label={t`Preferences`}><SlidersHorizontal size={18} aria-hidden /></Button>
      <Popover className={panel.panel ?? ''} placement="bottom end">
        <Dialog className={styles.dialog ?? ''} aria-label={t`Preferences`}><Choices status={status} /></Dialog>
      </Popover>
    </DialogTrigger>
  )
}
