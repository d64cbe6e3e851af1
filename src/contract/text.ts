import * as v from 'valibot'

/**
 * A line of human text as it was taken when it came in: one line, no control characters, at most 200 code units. For
 * what is shown from the past, which stays as it was when the rules for new text change.
 */
export const RecordedLineSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'control characters or line breaks'),
)

/**
 * A short line of human text from a seller or gateway, such that two names that look the same to a person are not told
 * apart by white space: visible, words with single spaces between them, and none of the letters and symbols that look
 * like a space (Hangul fillers, Braille blank, null notehead), nor half a character, which no signature can cover. At most 200 code units.
 */
export const LineSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(200),
  v.regex(
    /^(?=.*[\p{L}\p{N}\p{P}\p{S}])[^\p{Cc}\p{Cs}\p{White_Space}\u115F\u1160\u2800\u3164\uFFA0\u{1D159}]+(\p{Zs}[^\p{Cc}\p{Cs}\p{White_Space}\u115F\u1160\u2800\u3164\uFFA0\u{1D159}]+)*$/u,
    'not words with single spaces between them',
  ),
)

/** A paragraph of human text, at most 1,000 code units, no control characters. */
export const ParagraphSchema = v.pipe(
  v.string(),
  v.maxLength(1000),
  v.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'control characters or line breaks'),
)

/**
 * An identifier that a gateway or this client made up: letters, digits and `._:-`, at most 100 of them; none that every object has, like
 * `constructor`, so that what is looked up by it is there or is not.
 */
export const IdSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9._:-]{1,100}$/, 'not an identifier'),
  v.check((text) => !(text in Object.prototype), 'a name that every object has'),
)

/** A moment as an ISO 8601 / RFC 3339 string in UTC with milliseconds, for example `2026-11-23T09:00:00.000Z`. */
export const InstantSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'not an instant in UTC'),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'no such instant'),
)

/** A JSON Web Signature in compact serialisation (RFC 7515 §7.1). */
export const JwsSchema = v.pipe(
  v.string(),
  v.maxLength(20_000),
  v.regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/, 'not a compact JWS'),
)

/** 32 bytes in base64url without padding: an Ed25519 public key (RFC 8037), a SHA-256 digest or a key thumbprint. */
export const Bytes32Schema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/, 'not 32 bytes in base64url'))
