import type { FormFields } from '../http/form-body.ts'

/** What a browser's authenticator has answered, as the page's script sends it (WebAuthn Level 3 §5.1.8); null where none has. */
export function readPasskey(fields: FormFields): { readonly ceremony: string; readonly response: unknown } | null {
  const { ceremony, response } = fields
  if (!ceremony || !response) return null
  try {
    return { ceremony, response: JSON.parse(response) as unknown }
  } catch {
    return null
  }
}
