import { EventEmitter } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { lineOf, problemOf, writeLog } from '../../../src/main/log-events.ts'
import { reportError, reportUncaught } from '../../../src/main/report-error.ts'

const typed = 'Jane Doe paid for "Secret Item" with 4242424242424242'

/** What was written meanwhile. */
function written(act: () => void): string {
  const said = vi.spyOn(console, 'error').mockReturnValue()
  act()
  const text = said.mock.calls.flat().join('\n')
  said.mockRestore()
  return text
}

describe('what is written about an error', () => {
  it('P10 is where and what kind, never its message', () => {
    const full = Object.assign(new TypeError(`${typed}\nover two lines`), { code: 'ENOSPC' })
    expect(written(() => reportError('buying', full))).toMatch(/^unexpected while buying: TypeError ENOSPC at log-events\.test\.ts:\d+:\d+$/)
    expect(written(() => writeLog({ event: 'callRefused', channel: 'tuppence:purchase.request', problem: problemOf(full) }))).toMatch(
      /^refused tuppence:purchase\.request: TypeError ENOSPC at log-events\.test\.ts:\d+:\d+$/,
    )
    expect(written(() => reportError('starting', typed))).toBe('unexpected while starting: a string was thrown')
  })

  it.each([
    ['a message that looks like a frame', Object.assign(new Error(`x\n    at ${typed} (/home/jane/4242.ts:42424:42424)`))],
    ['a name that was set to a value', Object.assign(new Error('x'), { name: typed })],
    ['a code that was set to a value', Object.assign(new Error('x'), { code: '4242424242424242' })],
    ['a code with a number in it', Object.assign(new Error('x'), { code: 'CARD_4242424242424242' })],
    ['a stack that was set to a value', Object.assign(new Error('x'), { stack: typed })],
    ['a message that was changed since', Object.assign(new Error(`x\n    at jane (/4242.ts:42424:4242)`), { message: 'short' })],
    ['no message', new Error()],
    ['no stack', Object.assign(new Error('x'), { stack: undefined })],
  ])('P10 holds no value with %s', (_, error) => {
    expect(written(() => reportError('buying', error))).not.toMatch(/jane|secret|4242/i)
  })

  it('P10 is made of letters and of the place in the program, whatever the error holds', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('\n    at x (/a/b.ts:1:2)', 'ENOENT', '4242'), fc.string({ unit: 'grapheme' }))
    const error = fc.record({ message: text, name: text, code: text, stack: fc.option(text, { nil: undefined }) }, { requiredKeys: ['message'] }).map((parts) => Object.assign(new Error(parts.message), parts))
    fc.assert(
      fc.property(fc.oneof(error, fc.anything()), (thrown) => {
        expect(lineOf({ event: 'unexpected', during: 'buying', problem: problemOf(thrown) })).toMatch(
          /^unexpected while buying: (a [a-z]+ was thrown|[A-Z][A-Za-z]*)( [A-Z][A-Z0-9_]+)?( at [\w.-]+:\d{1,6}:\d{1,6})?$/,
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('P10 is the same for what nobody has caught, and ends the app where that leaves it in doubt', () => {
    const running = Object.assign(new EventEmitter(), { stderr: new EventEmitter() })
    const giveUp = vi.fn<() => void>()
    reportUncaught(running, giveUp)
    expect(written(() => running.emit('unhandledRejection', new RangeError(typed)))).toMatch(/^unexpected while something else: RangeError at /)
    running.stderr.emit('error', new Error('EPIPE'))
    expect(giveUp).not.toHaveBeenCalled()
    expect(written(() => running.emit('uncaughtException', new RangeError(typed)))).toMatch(/^unexpected while something else: RangeError at /)
    expect(giveUp).toHaveBeenCalledOnce()
  })
})

describe('the log', () => {
  it('P10 is written in one place, and nothing else in main and preloads writes to a console', () => {
    const ways = /\bconsole\s*[.[]|process\s*\.\s*(?:stdout|stderr|_rawDebug|emitWarning)|\bdebuglog\b|\bdiagnostics?_?[Cc]hannel/
    const files = ['src/main', 'src/preload'].flatMap((root) =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/')),
    )
    expect(files.length).toBeGreaterThan(100)
    const writing = files.filter((file) => ways.test(readFileSync(file, 'utf8')))
    // The second says what a start is refused for, in names of its own list.
    expect(writing.toSorted()).toEqual(['src/main/log-events.ts', 'src/main/refuse-start.ts'])
  })
})
