import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { MonitoringLevel } from '../../contract/controls.ts'
import type { Harm } from '../../contract/ipc/risk.ts'

/** What is watched for. */
export const harmWords: Record<Harm, MessageDescriptor> = {
  takeover: msg`Somebody else is buying`,
  burst: msg`Buying faster than usual`,
}

/** When something is said. */
export const levelWords: Record<MonitoringLevel, MessageDescriptor> = {
  often: msg`Early`,
  usual: msg`As usual`,
  rarely: msg`Only when it is clear`,
  off: msg`Never`,
}
