import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { PostureFormat, SavedPosture } from '../../../../contract/ipc/posture.ts'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { fileProblemWords } from '../../../words/file-words.ts'
import { useFeature } from '../../app/stores.ts'
import styles from './security.module.css'

const actions: readonly { readonly format: PostureFormat; readonly name: MessageDescriptor; readonly help: MessageDescriptor }[] = [
  { format: 'pdf', name: msg`Save as PDF…`, help: msg`All of this page, to read, print or hand in.` },
  { format: 'json', name: msg`Save as signed file…`, help: msg`The same, signed by the key of this device, so that nobody can change it unnoticed.` },
]

/** To show somebody how things are. It is measured once more for that. */
export function SaveActions() {
  const { t } = useLingui()
  const saving = useFeature('security', (state) => state.saving)
  const save = useFeature('security', (state) => state.save)
  return (
    <section className={styles.card} aria-labelledby="security-save">
      <h2 id="security-save"><Trans>Show it to somebody</Trans></h2>
      <ul className={styles.actions}>
        {actions.map(({ format, name, help }) => (
          <li key={format}>
            <Button
              aria-describedby={`save-posture-${format}`}
              isPending={saving.kind === 'saving' && saving.format === format}
              isDisabled={saving.kind === 'saving' && saving.format !== format}
              onPress={() => void save(format)}
            >
              {t(name)}
            </Button>
            <p id={`save-posture-${format}`} className={styles.quiet}>{t(help)}</p>
          </li>
        ))}
      </ul>
      <div className={styles.told} role="status">
        {saving.kind === 'ended' && <Ended result={saving.result} />}
        {saving.kind === 'broken' && <NotSaved><Trans>Something in Tuppence failed. No file was left behind.</Trans></NotSaved>}
      </div>
    </section>
  )
}

function NotSaved({ children }: { children: ReactNode }) {
  return <Banner tone="bad" title={<Trans>It was not saved.</Trans>}><p>{children}</p></Banner>
}

function Ended({ result }: { result: SavedPosture }) {
  const { t } = useLingui()
  switch (result.kind) {
    case 'written':
      return <Banner tone="good" title={<Trans>Saved as <bdi>{result.name}</bdi></Trans>}><p><Trans>It was measured once more for that.</Trans></p></Banner>
    case 'cancelled':
      return <Banner tone="quiet" title={<Trans>It was not saved.</Trans>}><p><Trans>You cancelled it. No file was left behind.</Trans></p></Banner>
    case 'busy':
      return <NotSaved><Trans>Another file is being saved. Try again when that is done.</Trans></NotSaved>
    case 'locked':
      return <NotSaved><Trans>Your profile is not open any more. Open it and save again.</Trans></NotSaved>
    case 'notSigned':
      return <NotSaved><Trans>The keychain did not give the key to sign with. Unlock it, or save a PDF.</Trans></NotSaved>
    case 'failed':
      return <NotSaved>{t(fileProblemWords[result.problem])}</NotSaved>
    default:
      return assertNever(result)
  }
}
