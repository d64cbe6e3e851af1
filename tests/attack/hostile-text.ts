/** Offers in words that lie: what the person is asked always names the payee and the price that are then paid, and says what is unusual about them. */
import * as v from 'valibot'
import { OfferSchema, SellerSchema } from '../../src/contract/catalogue.ts'
import { QuoteClaimsSchema } from '../../src/contract/http/claims.ts'
import type { QuoteClaims } from '../../src/contract/http/claims.ts'
import { confirmContract } from '../../src/contract/ipc/confirm.ts'
import type { Random } from '../crash/random.ts'
import { itemOffer, makeQuoteClaims, smallCatalogue } from '../support/fake-offers.ts'
import { type AttackFigures, briefly, noFigures, noteAccepted, noteCrash, tell } from './figures.ts'
import { createServedWorld } from './served-world.ts'

const trueName = 'Nebelfuchs Spielewerkstatt GmbH'

/** Nothing of these is to be seen, or the direction of what follows turns. By their names in the Unicode character database. */
const hidden: Readonly<Record<string, string>> = {
  ...{ 'soft hyphen': '\u00AD', 'combining grapheme joiner': '\u034F', 'Arabic letter mark': '\u061C', 'Mongolian vowel separator': '\u180E' },
  ...{ 'zero width space': '\u200B', 'zero width non-joiner': '\u200C', 'zero width joiner': '\u200D', 'left-to-right mark': '\u200E', 'right-to-left mark': '\u200F' },
  ...{ 'left-to-right embedding': '\u202A', 'right-to-left embedding': '\u202B', 'pop directional formatting': '\u202C', 'left-to-right override': '\u202D', 'right-to-left override': '\u202E' },
  ...{ 'word joiner': '\u2060', 'left-to-right isolate': '\u2066', 'right-to-left isolate': '\u2067', 'first strong isolate': '\u2068', 'pop directional isolate': '\u2069' },
  ...{ 'byte order mark': '\uFEFF', 'interlinear annotation': '\uFFF9', 'tag a': '\u{E0061}', 'variation selector': '\uFE0F', 'private use': '\uE000' },
}
/** Letters that are drawn as another. */
const homoglyphs: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', i: 'і', c: 'с', p: 'р', N: 'Ν', S: 'Ѕ', H: 'Н', B: 'Β' }
const harmless = [
  '<script>window.canary = 1</script>', '<img src=x onerror="window.canary=1">', 'javascript:alert(1)', '{{constructor.constructor("canary")()}}', '${canary}',
  'Free! €0.00', 'Price: 0,00 € — you pay nothing', 'PAY TO: Bank of Ada', '🇩🇪🇺🇸🏴‍☠️', '💎'.repeat(50), "Robert'); DROP TABLE events;--", '=HYPERLINK("https://example.org")', '\\u003cb\\u003e', '&lt;b&gt;', '%00%0a', '../../ledger.sqlite',
]

interface Line {
  readonly text: string
  readonly isUnusual: boolean
}

/** A line that somebody wrote to mislead, and whether whoever reads it has to be warned of it. */
function line(random: Random): Line {
  const at = 1 + random.below(trueName.length - 2)
  const put = (text: string) => trueName.slice(0, at) + text + trueName.slice(at)
  switch (random.below(7)) {
    case 0:
      return { text: put(random.pick(Object.values(hidden))), isUnusual: true }
    case 1: {
      const [latin, other] = random.pick(Object.entries(homoglyphs).filter(([letter]) => trueName.includes(letter)))
      return { text: trueName.replace(latin, other), isUnusual: true }
    }
    case 2:
      return { text: random.pick(['раура', 'Ѕсоре', '𝗡𝗲𝗯𝗲𝗹𝗳𝘂𝗰𝗵𝘀', `N${'\u0488\u0489\u0336'.repeat(5)}`]), isUnusual: true }
    case 3:
      return { text: random.pick(harmless), isUnusual: false }
    case 4:
      return { text: random.pick(['x', '💎', 'あ', 'ﷺ']).repeat(1 + random.below(90)), isUnusual: false }
    case 5:
      return { text: put(random.pick(['\n', '\t', '\u0000', '\u001B[2J', '\u2028', '\u0085', '  ', '\u3164', '\u2800'])), isUnusual: true }
    default:
      return { text: random.pick(['x'.repeat(100_000), '', ' ', trueName.repeat(40), ' x', 'x ']), isUnusual: true }
  }
}

async function attackOnce(random: Random, figures: AttackFigures): Promise<void> {
  const honest = () => ({ text: trueName, isUnusual: false })
  const [payee, item, game] = [line, random.pick([line, honest]), random.pick([line, honest, honest])].map((make) => make(random)) as [Line, Line, Line]
  const amount = String(1 + random.below(99_999))
  const claims = makeQuoteClaims({ payee: payee.text, item: item.text, game: game.text, price: { amount, currency: 'EUR' }, tax: { amount: '0', rateBasisPoints: 0 } })
  figures.attempts += 1
  assertCatalogue({ payee: payee.text, title: item.text }, figures)
  if (!v.is(QuoteClaimsSchema, claims)) return tell(figures, 'refused as a quote')
  await askWith(claims, figures, [payee, item, game].some(({ isUnusual }) => isUnusual))
}

/** What a quote may not say the catalogue may not say either. */
function assertCatalogue({ payee, title }: { readonly payee: string; readonly title: string }, figures: AttackFigures): void {
  const isQuoted = v.is(QuoteClaimsSchema.entries.payee, payee)
  if (v.is(SellerSchema, { ...smallCatalogue.sellers[0], name: payee }) && !isQuoted) noteAccepted(figures, `a seller ${briefly(payee)}`)
  if (v.is(OfferSchema, { ...itemOffer, title }) && !v.is(QuoteClaimsSchema.entries.item, title)) noteAccepted(figures, `an offer ${briefly(title)}`)
}

/** Through the real use cases and both served contracts, until the money is gone. */
async function askWith(claims: QuoteClaims, figures: AttackFigures, isUnusual: boolean): Promise<void> {
  const world = createServedWorld()
  const { payee, item, game, price, tax } = claims
  world.gateway.setPrice(itemOffer.id, price.amount)
  world.gateway.alterNextQuote({ payee, item, game, price, tax })
  const outcome = world.purchases.requestPurchase({ offerId: itemOffer.id })
  for (let turn = 0; turn < 50 && !world.pending.current(); turn += 1) await Promise.resolve()
  world.clock.advance(500)
  const { challenge } = (await world.call(confirmContract, 'challenge.get')) as { challenge: { challengeId: string; digest: string; payee: string; item: string; game: string; price: { amount: string }; warnings: string[] } | null }
  if (!challenge) return noteCrash(figures, `not asked for ${briefly(claims)}`)
  const isTrue = challenge.payee === payee && challenge.price.amount === price.amount && challenge.item === item && challenge.game === game
  if (!isTrue) noteAccepted(figures, `shown otherwise: ${briefly(challenge)}`)
  if (isUnusual && !challenge.warnings.includes('unusualCharacters')) noteAccepted(figures, `without a warning: ${briefly({ payee, item, game })}`)
  tell(figures, challenge.warnings.length > 0 ? 'asked with a warning' : 'asked')
  await world.call(confirmContract, 'challenge.approve', { challengeId: challenge.challengeId, digest: challenge.digest })
  await outcome
  const [charge] = world.gateway.charges
  if (!charge || charge.payee !== payee || charge.amount !== price.amount) noteAccepted(figures, `paid otherwise than shown: ${briefly(charge)}`)
}

/** So many offers. */
export async function attackWithText(count: number, random: Random): Promise<AttackFigures> {
  const figures = noFigures()
  for (let turn = 0; turn < count; turn += 1) {
    try {
      await attackOnce(random, figures)
    } catch (error) {
      noteCrash(figures, error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }
  return figures
}
