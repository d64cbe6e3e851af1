import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { LedgerCare, OpenPurchase } from '../../../../contract/ipc/ledger.ts'
import type { BackedUp, Repaired } from './ledger-store.ts'

type Finding = string
type DifferenceKind = NonNullable<LedgerCare['reconciliation']>['differences'][number]['kind']

/** What is known of an open purchase, and what Tuppence does about it. */
export const openWords: Record<OpenPurchase['found'], MessageDescriptor> = {
  beingSent: msg`It is on its way to the gateway at this moment.`,
  notAskedYet: msg`Tuppence is about to ask the gateway what became of it.`,
  noAnswer: msg`The gateway could not be asked, or gave no clear answer. Tuppence asks again every 20 seconds.`,
  beingDecided: msg`The gateway has it and is still deciding. Tuppence asks again every 20 seconds.`,
  mayStillArrive: msg`The gateway has not received it. Once its quote has ended it can no longer be charged; Tuppence then closes it.`,
  receiptGone: msg`The gateway lists this charge but no longer gives out its receipt. Compare it with your bank statement and tell support.`,
}

export const differenceWords: Record<DifferenceKind, MessageDescriptor> = {
  missingHere: msg`Charged by the gateway, not in your ledger`,
  missingThere: msg`In your ledger, not charged by the gateway`,
  amountDiffers: msg`Another amount or receipt`,
  refundDiffers: msg`Another amount was refunded`,
  chargebackDiffers: msg`Another amount was charged back`,
}

const findingWords: Record<string, MessageDescriptor> = {
  macMismatch: msg`was changed`,
  gap: msg`is missing`,
  malformed: msg`cannot be read`,
  truncated: msg`and what followed was cut off`,
  anchorMismatch: msg`does not fit the keychain’s record`,
  logMissing: msg`is missing, and all others with it`,
  rolledBack: msg`is older than what the gateway has countersigned`,
  projectionMismatch: msg`does not agree with what was worked out from it`,
  schemaMismatch: msg`is in a table that was altered`,
}

/** How the first entry that does not fit fails to: follows “Entry 12”. */
export function findingWord(finding: Finding): MessageDescriptor {
  return findingWords[finding] ?? msg`does not fit the others`
}

type BackupProblem = Extract<BackedUp, { kind: 'failed' }>['problem']

export const backupProblemWords: Record<BackupProblem, MessageDescriptor> = {
  outOfSpace: msg`The disk is full. Your ledger is not affected. Make room, then back up again.`,
  notWritable: msg`The folder for backups cannot be written. Your ledger is not affected. Check the rights of the folder.`,
  damaged: msg`The copy did not pass the check and was thrown away. Check the ledger, then back up again.`,
  vaultUnavailable: msg`The keychain did not answer, so the copy could not be checked. Unlock it, then back up again.`,
  keyMissing: msg`The keychain has no key for this ledger, so a copy cannot be checked.`,
  ledgerUnavailable: msg`Only a ledger that was checked and is in order is copied.`,
}

type RepairRefusal = Extract<Repaired, { kind: 'refused' }>['reason']

export const repairRefusalWords: Record<RepairRefusal, MessageDescriptor> = {
  notNeeded: msg`Your ledger is in order; there is nothing to repair.`,
  vaultUnavailable: msg`The keychain did not answer. Unlock it, then try again.`,
  inUse: msg`Another Tuppence has the ledger open. Close it, then try again.`,
  newerVersion: msg`A newer Tuppence made this ledger. Update Tuppence; nothing needs repair.`,
  notPermitted: msg`Tuppence may not write to the folder. Check its rights, then try again.`,
  outOfSpace: msg`The disk is full. Make room, then try again. Nothing was changed.`,
  diskFailed: msg`The disk failed while the ledger was being repaired. Nothing was overwritten. Check the disk, then try again.`,
  nothingToRestore: msg`No entry can be verified any more, in the ledger or in a backup.`,
  restorable: msg`Your ledger can be restored, so no new one is started.`,
}
