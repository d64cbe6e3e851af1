import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { ReceiptFormat, SavedReceipt } from '../../../../contract/ipc/documents.ts'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { fileProblemWords } from '../../../words/file-words.ts'
import { useFeature } from '../../app/stores.ts'
import styles from './receipt-actions.module.css'

const actions: readonly { readonly format: ReceiptFormat; readonly name: MessageDescriptor; readonly help: MessageDescriptor }[] = [
  { format: 'pdf', name: msg`Save as PDF…`, help: msg`A page to read, print or hand in.` },
  { format: 'json', name: msg`Save as file to verify…`, help: msg`What the gateway signed. Anybody can check it without Tuppence.` },
]

/** Saves the receipt of a purchase, and says how that ended. Where to is asked in a box of the system. */
export function ReceiptActions({ purchaseId }: { purchaseId: string }) {
  const { t } = useLingui()
  const view = useFeature('receipt', (state) => state.view)
  const save = useFeature('receipt', (state) => state.save)
  const isOurs = view.kind !== 'idle' && view.purchaseId === purchaseId
  return (
    <div className={styles.receipt}>
      <ul className={styles.actions}>
        {actions.map(({ format, name, help }) => (
          <li key={format} className={styles.action}>
            <Button
              aria-describedby={`save-receipt-${format}`}
              isPending={view.kind === 'saving' && isOurs && view.format === format}
              isDisabled={view.kind === 'saving' && !(isOurs && view.format === format)}
              onPress={() => void save(purchaseId, format)}
            >
              {t(name)}
            </Button>
            <p id={`save-receipt-${format}`} className={styles.help}>{t(help)}</p>
          </li>
        ))}
      </ul>
      <div role="status">
        {isOurs && view.kind === 'ended' && <Ended format={view.format} result={view.result} />}
        {isOurs && view.kind === 'broken' && <NotSaved><Trans>Something in Tuppence failed. No file was left behind.</Trans></NotSaved>}
      </div>
    </div>
  )
}

function NotSaved({ children }: { children: ReactNode }) {
  return <Banner tone="bad" title={<Trans>The receipt was not saved.</Trans>}><p>{children}</p></Banner>
}

function Ended({ format, result }: { format: ReceiptFormat; result: SavedReceipt }) {
  const { t } = useLingui()
  switch (result.kind) {
    case 'written':
      return (
        <Banner tone="good" title={<Trans>Saved as <bdi>{result.name}</bdi></Trans>}>
          <p>
            {format === 'pdf'
              ? <Trans>Its signature was checked before.</Trans>
              : <Trans>Its signature was checked before. Whoever gets the file checks it with <code>npx tuppence-verify</code>.</Trans>}
          </p>
        </Banner>
      )
    case 'cancelled':
      return <Banner tone="quiet" title={<Trans>The receipt was not saved.</Trans>}><p><Trans>You cancelled it. No file was left behind.</Trans></p></Banner>
    case 'busy':
      return <NotSaved><Trans>Another receipt is being saved. Try again when that is done.</Trans></NotSaved>
    case 'locked':
      return <NotSaved><Trans>Your profile is not open any more. Open it and save the receipt again.</Trans></NotSaved>
    case 'notFound':
      return <NotSaved><Trans>There is no such purchase among those that you may see.</Trans></NotSaved>
    case 'noReceipt':
      return <NotSaved><Trans>There is no receipt for it: nothing was charged, or that is not known yet.</Trans></NotSaved>
    case 'notGood':
      return <NotSaved><Trans>The receipt in your ledger is not what the gateway signed for this purchase. It proves nothing. Have the whole ledger checked under “Ledger”.</Trans></NotSaved>
    case 'notVerifiable':
      return <NotSaved><Trans>Its signature cannot be checked now, because the gateway’s keys are not known. Try again when the gateway is there.</Trans></NotSaved>
    case 'failed':
      return <NotSaved>{t(fileProblemWords[result.problem])}</NotSaved>
    default:
      return assertNever(result)
  }
}
