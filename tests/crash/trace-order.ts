/**
 * Reads what strace saw of one process and tells, for each purchase, whether the approval was on the disk before the first
 * byte of its request went to the gateway.
 *
 * Three kinds of lines count. Marks, which `steps.cjs` writes to its file with write(2): `before commit of
 * purchase.approved<TAB>id` and so on. What is done to the write-ahead log: pwrite64 and fdatasync (or fsync) on `…-wal`.
 * What goes to the gateway's port. TLS hides what a byte means; but between the mark before the commit and the end of the
 * fdatasync nothing at all may go there, and what goes there next, after the mark before the request, is the request.
 */
import type { Step } from './step-file.ts'

export interface TraceOptions {
  readonly gatewayPort: number
  /** Of the file that the marks go to. */
  readonly marksPath: string
  readonly walPath: string
}

/** What happened, in the order in which it ended (a sync) or began (anything that sends or writes). */
export type Traced = { readonly kind: 'mark'; readonly step: Step } | { readonly kind: 'walWrite' | 'walSync' | 'toGateway' }

export interface Order {
  readonly purchases: number
  /** Those whose approval was synced before anything went to the gateway, and anchored before its request began. */
  readonly inOrder: number
  readonly wrong: readonly { readonly purchaseId: string; readonly why: string }[]
}

const call = /^(\d+)\s+(\w+)\((\d+)<([^>]*(?:>\d+)?[^>]*)>/
const unfinished = /<unfinished \.\.\.>$/
const resumed = /^(\d+)\s+<\.\.\. (\w+) resumed>/
const failed = /= -1 \w+/

export function readTrace(lines: Iterable<string>, options: TraceOptions): Traced[] {
  const traced: Traced[] = []
  const syncing = new Set<string>()
  for (const line of lines) {
    const [, resumedBy = '', resumedCall = ''] = resumed.exec(line) ?? []
    if (isSync(resumedCall) && syncing.delete(resumedBy) && !failed.test(line)) traced.push({ kind: 'walSync' })
    const [, process = '', name = '', , what = ''] = call.exec(line) ?? []
    if (name === '') continue
    if (isSync(name)) {
      if (what !== options.walPath) continue
      if (unfinished.test(line)) syncing.add(process)
      else if (!failed.test(line)) traced.push({ kind: 'walSync' })
    } else if (what === options.marksPath) traced.push(...marksIn(line))
    else if (what === options.walPath) traced.push({ kind: 'walWrite' })
    else if (what.startsWith('TCP') && what.endsWith(`:${options.gatewayPort}]`)) traced.push({ kind: 'toGateway' })
  }
  return traced
}

const isSync = (name: string) => name === 'fdatasync' || name === 'fsync'

function marksIn(line: string): Traced[] {
  const [, name = '', about = ''] = /"([^"\\]*)\\t([^"\\]*)\\n"/.exec(line) ?? []
  return name === '' ? [] : [{ kind: 'mark', step: { name, about } }]
}

const commit = 'before commit of purchase.approved'
const anchored = 'after keychain anchor of purchase.approved'
const request = 'before request POST /v1/purchases'

/** Purchases must come one after the other. */
export function orderIn(traced: readonly Traced[]): Order {
  const marks = traced.flatMap((one, index) => (one.kind === 'mark' ? [{ ...one.step, index }] : []))
  const commits = marks.filter(({ name }) => name === commit)
  const requests = marks.filter(({ name }) => name === request)
  const wrong = commits.flatMap(({ about, index }) => {
    const why = faultIn(traced, index, (name) => marks.find((mark) => mark.name === name && mark.about === about)?.index)
    return why === null ? [] : [{ purchaseId: about, why }]
  })
  const known = new Set(commits.map(({ about }) => about))
  const unapproved = requests.filter(({ about }) => !known.has(about)).map(({ about }) => ({ purchaseId: about, why: 'requested without an approval' }))
  return { purchases: commits.length, inOrder: commits.length - wrong.length, wrong: [...wrong, ...unapproved] }
}

/** `committing` is the place of the mark before the commit. */
function faultIn(traced: readonly Traced[], committing: number, placeOf: (name: string) => number | undefined): string | null {
  const next = (kind: Traced['kind'], from: number) => traced.findIndex((one, index) => index > from && one.kind === kind)
  const requesting = placeOf(request)
  const anchoring = placeOf(anchored)
  const written = next('walWrite', committing)
  const synced = next('walSync', written)
  const sent = next('toGateway', committing)
  if (requesting === undefined || sent < 0) return 'its request was not seen'
  if (written < 0 || synced < 0) return 'the write-ahead log was not synced'
  if (requesting < committing) return 'the request came before the commit'
  if (sent < synced) return 'bytes went to the gateway before the sync had ended'
  if (sent < requesting) return 'bytes went to the gateway between commit and request'
  if (anchoring === undefined || anchoring > requesting) return 'the request came before the anchor'
  return null
}
