import { Trans, useLingui } from '@lingui/react/macro'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleSlash from 'lucide-react/icons/circle-slash'
import CircleX from 'lucide-react/icons/circle-x'
import Hourglass from 'lucide-react/icons/hourglass'
import Undo from 'lucide-react/icons/undo-2'
import type { Request } from '../../../../contract/ipc/household.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { Button } from '../../../ui/button.tsx'
import { useFeature } from '../../app/stores.ts'
import { AnswerNow } from '../purchase/asked-words.tsx'
import styles from './family-screen.module.css'
import { CauseText, EndText, EndTitle } from './request-words.tsx'

type End = NonNullable<Request['ended']>['end']
const endIcons: Record<End, typeof CircleCheck> = { granted: CircleCheck, denied: CircleX, withdrawn: Undo, lapsed: CircleSlash, changed: CircleSlash }

/** What was asked for, by whom, and why it could not be bought. */
function Wanted({ request, isOwn }: RequestRowProps) {
  const format = useFormat()
  const { who, item, game, payee, price } = request
  return (
    <>
      <p className={styles.line}>
        <strong><bdi>{item}</bdi></strong>
        <strong className={styles.price}>{format.money(price)}</strong>
      </p>
      <p className={styles.quiet}>
        {!isOwn && <><bdi className={styles.who}>{who.name}</bdi> · </>}<bdi>{game}</bdi> · <bdi>{payee}</bdi>
      </p>
      <p className={styles.quiet}><CauseText request={request} /></p>
    </>
  )
}

function GuardiansActions({ request: { requestId, item, who } }: { request: Request }) {
  const { t } = useLingui()
  const answer = useFeature('purchase', (state) => state.answer)
  const answering = useFeature('purchase', (state) => state.answering)
  return (
    <Button isPending={answering === requestId} aria-label={t`Answer: ${item}, ${who.name}`} onPress={() => void answer(requestId)}>
      <Trans>Answer…</Trans>
    </Button>
  )
}

function OwnActions({ request: { requestId, item } }: { request: Request }) {
  const { t } = useLingui()
  const withdraw = useFeature('family', (state) => state.withdraw)
  const isWithdrawing = useFeature('family', (state) => state.withdrawing === requestId)
  return (
    <>
      <AnswerNow requestId={requestId} />
      <Button look="quiet" isPending={isWithdrawing} aria-label={t`Withdraw: ${item}`} onPress={() => void withdraw(requestId)}><Trans>Withdraw</Trans></Button>
    </>
  )
}

interface RequestRowProps {
  readonly request: Request
  /** Whether the person in front of the screen has asked for it. */
  readonly isOwn: boolean
}

/** One request that waits, or what became of it. */
export function RequestRow({ request, isOwn }: RequestRowProps) {
  const { t } = useLingui()
  const format = useFormat()
  const { item, who, ended, askedAt, lapsesAt } = request
  const Icon = ended ? endIcons[ended.end] : Hourglass
  return (
    <li className={styles.request} aria-label={isOwn ? item : t`${item}, ${who.name}`}>
      <Icon size={18} aria-hidden className={ended ? styles[ended.end] : styles.waits} />
      <div className={styles.words}>
        <Wanted request={request} isOwn={isOwn} />
        {ended ? (
          <p><strong><EndTitle ended={ended} /></strong> · <EndText ended={ended} isOwn={isOwn} /><time className={styles.quiet} dateTime={ended.at}>{format.moment(ended.at)}</time></p>
        ) : (
          <p className={styles.quiet}><Trans>Asked {format.moment(askedAt)} · lapses {format.moment(lapsesAt)}</Trans></p>
        )}
      </div>
      {!ended && <div className={styles.actions}>{isOwn ? <OwnActions request={request} /> : <GuardiansActions request={request} />}</div>}
    </li>
  )
}
