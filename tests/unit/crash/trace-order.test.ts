/** The reader of the trace has to notice each wrong order, also in lines that strace had to split. */
import { describe, expect, it } from 'vitest'
import { orderIn, readTrace } from '../../crash/trace-order.ts'

const options = { gatewayPort: 4433, marksPath: '/d/marks', walPath: '/d/ledger.sqlite-wal' }
const mark = (name: string) => `7 write(21</d/marks>, "${name}\\ta1\\n", 40) = 40`
const commits = mark('before commit of purchase.approved')
const anchored = mark('after keychain anchor of purchase.approved')
const requests = mark('before request POST /v1/purchases')
const walWrite = '7 pwrite64(25</d/ledger.sqlite-wal>, "\\0\\0", 4096, 32) = 4096'
const sync = '7 fdatasync(25</d/ledger.sqlite-wal>) = 0'
const bytes = '7 write(27<TCP:[127.0.0.1:50000->127.0.0.1:4433]>, "\\27\\3", 900) = 900'
const inOrder = [commits, walWrite, sync, anchored, requests, bytes]

const read = (...lines: string[]) => orderIn(readTrace(lines, options))

describe('the order of disk and network', () => {
  it('accepts commit, sync, anchor, request', () => {
    expect(read(...inOrder)).toEqual({ purchases: 1, inOrder: 1, wrong: [] })
  })

  it('takes a sync as done when it has ended, not when it began', () => {
    const [begins, ends] = ['7 fdatasync(25</d/ledger.sqlite-wal> <unfinished ...>', '7 <... fdatasync resumed>) = 0']
    expect(read(commits, walWrite, begins, ends, anchored, requests, bytes).inOrder).toBe(1)
    expect(read(commits, walWrite, begins, bytes, ends, anchored, requests).inOrder).toBe(0)
  })

  it.each<[string, string[]]>([
    ['bytes before the sync', [commits, walWrite, bytes, sync, anchored, requests, bytes]],
    ['bytes between sync and request', [commits, walWrite, sync, bytes, anchored, requests, bytes]],
    ['a request before the commit', [requests, bytes, commits, walWrite, sync, anchored, bytes]],
    ['a request before the anchor', [commits, walWrite, sync, requests, bytes, anchored]],
    ['no sync at all', [commits, walWrite, anchored, requests, bytes]],
    ['a sync that failed', [commits, walWrite, sync.replace('= 0', '= -1 EIO (Input/output error)'), anchored, requests, bytes]],
    ['a sync of another file', [commits, walWrite, sync.replace('ledger', 'gateway'), anchored, requests, bytes]],
    ['a sync of what was written before', [sync, commits, anchored, requests, bytes]],
    ['a request that was never seen on the wire', [commits, walWrite, sync, anchored, requests]],
  ])('finds %s', (_, lines) => {
    expect(read(...lines)).toMatchObject({ purchases: 1, inOrder: 0 })
  })

  it('finds a request for which there is no commit', () => {
    expect(read(...inOrder, requests.replace('a1', 'b2'), bytes)).toEqual({
      purchases: 1,
      inOrder: 1,
      wrong: [{ purchaseId: 'b2', why: 'requested without an approval' }],
    })
  })
})
