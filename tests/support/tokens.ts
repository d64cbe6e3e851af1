/** A text in the form of a compact JWS whose signature means nothing; for fakes that do not sign. */
export function unsignedToken(typ: string, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none', typ })}.${part(claims)}.c2lnbmVk`
}

/** The claims of any compact JWS, unverified. */
export function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

/** The protected header of any compact JWS. */
export function headerOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
}
