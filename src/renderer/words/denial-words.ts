import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { DenialReason } from '../../contract/household.ts'

/** Why a guardian said no, as the minor reads it. */
export const denialWords: Record<DenialReason, MessageDescriptor> = {
  notNow: msg`Not now.`,
  tooMuch: msg`That is too much money for it.`,
  spentEnough: msg`Enough was spent lately.`,
  notForYou: msg`That is not for you.`,
  talkFirst: msg`Let us talk about it first.`,
}
