import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { DenialReason } from '../../contract/household.ts'

/** Why a guardian said no, in the words that the minor reads. */
export const denialWords: Record<DenialReason, MessageDescriptor> = {
  notNow: msg`Not now.`,
  tooMuch: msg`It costs too much.`,
  spentEnough: msg`You have spent enough for the moment.`,
  notForYou: msg`This is not for you.`,
  talkFirst: msg`Let us talk about it first.`,
}
