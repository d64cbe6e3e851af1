import { Trans, useLingui } from '@lingui/react/macro'
import X from 'lucide-react/icons/x'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { assertNever } from '../../../assert-never.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { useIsKiosk } from '../../../ui/kiosk-context.ts'
import { BlockText, isAboutExclusion } from '../../../words/block-words.tsx'
import { declineWords } from '../../../words/decline-words.ts'
import { ExplanationText, NothingChargedTitle, PaidTitle, UnknownText, UnknownTitle } from '../../../words/outcome-words.tsx'
import { refusalWords } from '../../../words/refusal-words.ts'
import { useFeature } from '../../app/stores.ts'
import { accountPath } from '../account/account-entry.tsx'
import { householdRefusalWords } from '../household/household-words.ts'
import { useMe } from '../household/use-member-names.ts'
import { LimitWarnings } from '../limits/limit-warnings.tsx'
import { AnswerNow, AskedText, AskGuardian, WhenToAsk } from './asked-words.tsx'
import styles from './notice-dock.module.css'
import { isAskable, toneOf, type BlockedNotice, type Notice, type NoticeContent } from './notices.ts'

function Title({ content }: { content: NoticeContent }) {
  switch (content.kind) {
    case 'succeeded':
      return <PaidTitle price={content.price} payee={content.payee} />
    case 'unknown':
      return <UnknownTitle price={content.price} />
    case 'cancelled':
      return <Trans>Cancelled. Nothing was charged.</Trans>
    case 'refused':
      // Of the other purchase, which runs, nobody can say that yet.
      if (content.reason === 'purchaseInProgress') return <Trans>Nothing was charged for this one.</Trans>
      return <NothingChargedTitle />
    case 'declined':
    case 'notCharged':
    case 'blocked':
    case 'notAnswered':
      return <NothingChargedTitle />
    case 'asked':
    case 'already':
      return <Trans>A guardian is asked. Nothing was charged.</Trans>
    case 'notAsked':
    case 'askFailed':
      return <Trans>No guardian was asked. Nothing was charged.</Trans>
    case 'denied':
      return <Trans>Answered with no. Nothing was charged.</Trans>
    case 'changed':
      return <Trans>The price or the offer has changed. Nothing was charged.</Trans>
    case 'broken':
      return <Trans>We do not know whether anything was charged.</Trans>
    default:
      return assertNever(content)
  }
}

function Text({ content }: { content: NoticeContent }): ReactNode {
  switch (content.kind) {
    case 'succeeded':
      return (
        <p>
          <bdi>{content.item}</bdi> · <Trans>Receipt {content.receiptNumber}</Trans><ReceiptLink purchaseId={content.purchaseId} />
        </p>
      )
    case 'unknown':
      return <p><bdi>{content.item}</bdi> · <UnknownText /></p>
    case 'declined':
      return <p><ExplanationText explanation={declineWords[content.reason]} /></p>
    case 'refused':
      return <p><ExplanationText explanation={refusalWords[content.reason]} /></p>
    case 'notCharged':
      return <p><Trans>The gateway confirmed that it did not charge you for <bdi>{content.item}</bdi>.</Trans></p>
    case 'blocked':
      return <Blocked blocked={content} />
    case 'asked':
    case 'already':
      return <p><AskedText asked={content} /> <Link className={styles.link} href="/family"><Trans>See your requests</Trans></Link></p>
    case 'notAsked':
    case 'notAnswered':
      return <p><ExplanationText explanation={householdRefusalWords[content.reason]} /></p>
    case 'askFailed':
      return <p><Trans>Something in Tuppence itself went wrong. Press the offer’s button again to ask.</Trans></p>
    case 'denied':
      return <p><Trans>The reason is told with the request.</Trans> <Link className={styles.link} href="/family"><Trans>See the requests</Trans></Link></p>
    case 'changed':
      return <p><Trans>The request has ended, because a yes is for exactly what was asked. It can be asked for anew from the store.</Trans></p>
    case 'broken':
      return <p><Trans>Something in Tuppence itself went wrong. Look here before you buy it again:</Trans> <HistoryLink><Trans>See your purchases</Trans></HistoryLink></p>
    case 'cancelled':
      return null
    default:
      return assertNever(content)
  }
}

function Blocked({ blocked }: { blocked: BlockedNotice }) {
  const hasMembers = useMe() !== null
  return (
    <BlockText blocked={blocked} hasMembers={hasMembers}>
      {isAskable(blocked) && <><WhenToAsk blocked={blocked} />{' '}</>}
      <WayOn block={blocked.block} />
    </BlockText>
  )
}

/** The screen on which it can be seen, and perhaps ended. */
function WayOn({ block }: Pick<Extract<NoticeContent, { kind: 'blocked' }>, 'block'>) {
  const isKiosk = useIsKiosk()
  if (block.kind === 'frozen') return isKiosk ? null : <Link className={styles.link} href="/monitoring"><Trans>See what was noticed</Trans></Link>
  if (isAboutExclusion(block)) return <ExclusionLink />
  return <Link className={styles.link} href="/limits"><Trans>See your limits</Trans></Link>
}

/** What can be done about it from here. */
function Action({ content }: { content: NoticeContent }) {
  const settle = useFeature('purchase', (state) => state.settle)
  const isSettling = useFeature('purchase', (state) => state.isSettling)
  switch (content.kind) {
    case 'unknown':
      return <Button isPending={isSettling} onPress={() => void settle()}>{isSettling ? <Trans>Checking…</Trans> : <Trans>Check now</Trans>}</Button>
    case 'refused':
      return content.offerId === undefined ? null : <SignInToBuy offerId={content.offerId} />
    case 'blocked':
      return isAskable(content) ? <AskGuardian blocked={content} /> : null
    case 'asked':
    case 'already':
      return <AnswerNow requestId={content.requestId} />
    default:
      return null
  }
}

/** Begins to sign in; then the purchase is asked for once more by itself. */
function SignInToBuy({ offerId }: { offerId: string }) {
  const [, goTo] = useLocation()
  const signIn = useFeature('account', (state) => state.signIn)
  const waitForAccount = useFeature('purchase', (state) => state.waitForAccount)
  const begin = () => {
    waitForAccount(offerId)
    goTo(accountPath)
    void signIn()
  }
  return <Button onPress={begin}><Trans>Sign in or sign up</Trans></Button>
}

const actionable: readonly NoticeContent['kind'][] = ['unknown', 'asked', 'already']

/** In other words than the navigation's, so that each link of the page is told from the others by its name. */
function HistoryLink({ purchaseId, children }: { purchaseId?: string; children: ReactNode }) {
  return <Link className={styles.link} href={purchaseId === undefined ? '/history' : `/history/purchase/${purchaseId}`}>{children}</Link>
}

/** A visitor of a kiosk has no history there: theirs is with their account. */
function ReceiptLink({ purchaseId }: { purchaseId: string }) {
  const isVisitor = useMe() === null
  const isKiosk = useIsKiosk()
  if (isKiosk && isVisitor) return null
  return <> · <HistoryLink purchaseId={purchaseId}><Trans>See the receipt</Trans></HistoryLink></>
}

function ExclusionLink() {
  return <Link className={styles.link} href="/self-exclusion"><Trans>Where help is, and how this ends</Trans></Link>
}

/** What has the focus may go away by itself, when a purchase turns out: the keyboard then goes on in the dock, not at the top of the page. */
function useFocusKept() {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const shown = box.current
    return () => {
      if (shown?.contains(document.activeElement)) shown.closest('section')?.focus()
    }
  }, [])
  return box
}

function NoticeItem({ notice }: { notice: Notice }) {
  const { t } = useLingui()
  const box = useFocusKept()
  const { id, content } = notice
  const dismiss = useFeature('purchase', (state) => state.dismiss)
  const hasAction = actionable.includes(content.kind) || (content.kind === 'refused' && content.offerId !== undefined) || (content.kind === 'blocked' && isAskable(content))
  const close = () => {
    dismiss(id)
    // The button with the focus goes away; the keyboard goes on at the screen above.
    document.getElementById('content')?.focus()
  }
  return (
    <div ref={box}>
      <Banner
        tone={toneOf(content)}
        title={<Title content={content} />}
        actions={hasAction && <Action content={content} />}
        dismiss={<Button look="quiet" aria-label={t`Dismiss`} onPress={close}><X size={18} aria-hidden /></Button>}
      >
        <Text content={content} />
      </Banner>
    </div>
  )
}

function isAlarm({ content }: Notice): boolean {
  const tone = toneOf(content)
  return tone === 'bad' || tone === 'open'
}

/** What became of the purchases, docked below the screen so that it covers nothing and stays until it is dismissed. */
export function NoticeDock() {
  const { t } = useLingui()
  const notices = useFeature('purchase', (state) => state.notices)
  return (
    <section className={styles.dock} tabIndex={-1} aria-label={t`Outcome of your purchases`}>
      {notices.filter(isAlarm).map((notice) => <div key={notice.id} role="alert"><NoticeItem notice={notice} /></div>)}
      {/* There before its first content: only then do screen readers speak what is put into it. */}
      <div role="status">
        {notices.filter((notice) => !isAlarm(notice)).map((notice) => <NoticeItem key={notice.id} notice={notice} />)}
        <LimitWarnings />
      </div>
    </section>
  )
}
