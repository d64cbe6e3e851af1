// @ts-check
/**
 * Asks this server for something on behalf of a form, with the form's token.
 *
 * @param {string} path
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} [fields]
 * @returns {Promise<unknown>} undefined where the server wants something else first; rejects where the answer is no success
 */
export async function send(path, form, fields = {}) {
  const token = hiddenField(form, 'token').value
  const answer = await fetch(path, { method: 'POST', body: new URLSearchParams({ token, ...fields }), headers: { accept: 'application/json' } })
  if (answer.status === 409) return undefined
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return answer.json()
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function hiddenField(form, name) {
  const field = form.elements.namedItem(name)
  if (!(field instanceof HTMLInputElement)) throw new TypeError(`the form has no field ${name}`)
  return field
}
