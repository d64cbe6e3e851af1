// @ts-check
/** Passkeys (WebAuthn Level 3): asks the device, then sends the form with its answer. */
import { hiddenField, send } from './send.js'

/** @param {HTMLFormElement} form */
async function askDevice(form) {
  const { purpose = '', passkey: kind } = form.dataset
  const begun = /** @type {{ ceremony: string, options: unknown } | undefined} */ (await send('/account/passkey-options', form, { purpose }))
  // The form alone then leads to what is wanted first.
  if (!begun) return
  const { ceremony, options } = begun
  const credential =
    kind === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(/** @type {PublicKeyCredentialCreationOptionsJSON} */ (options)) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(/** @type {PublicKeyCredentialRequestOptionsJSON} */ (options)) })
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('none came back', 'NotAllowedError')
  hiddenField(form, 'ceremony').value = ceremony
  hiddenField(form, 'response').value = JSON.stringify(credential)
}

/** @param {unknown} error */
function nameOf(error) {
  if (!(error instanceof DOMException)) return 'failed'
  return error.name === 'InvalidStateError' ? 'exists' : 'cancelled'
}

/** @param {HTMLFormElement} form */
export function enhancePasskey(form) {
  const line = form.querySelector('[role=status]')
  /** @param {string} name */
  const say = (name) => {
    if (line) line.textContent = form.dataset[name] ?? ''
  }
  let isAsking = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (isAsking) return
    if (typeof PublicKeyCredential === 'undefined' || !('parseRequestOptionsFromJSON' in PublicKeyCredential)) return say('unsupported')
    isAsking = true
    say('working')
    askDevice(form)
      .then(
        () => form.submit(),
        (/** @type {unknown} */ error) => say(nameOf(error)),
      )
      .finally(() => (isAsking = false))
  })
}
