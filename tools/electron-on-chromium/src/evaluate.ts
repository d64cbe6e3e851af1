import type { Frame } from './frame-tree.ts'

/** Runs code in the page's own world; resolves with a copy of its result, awaited. */
export async function evaluate(frame: Frame, code: string, userGesture: boolean): Promise<unknown> {
  const { result, exceptionDetails } = await frame.session.send('Runtime.evaluate', {
    expression: code,
    contextId: frame.parent && frame.mainContext !== undefined ? frame.mainContext : undefined,
    awaitPromise: true,
    returnByValue: true,
    userGesture,
    replMode: false,
  })
  if (exceptionDetails) {
    const { exception, text } = exceptionDetails
    if (exception && 'value' in exception) throw exception.value
    throw new Error(exception?.description?.split('\n')[0]?.replace(/^Error: /, '') ?? text)
  }
  return result.type === 'undefined' ? undefined : (result.unserializableValue === undefined ? result.value : Number(result.unserializableValue)) as unknown
}
