import { describe, expect, it } from 'vitest'
import { shownName } from '../../../src/renderer/words/shown-name.ts'

describe('P1 a name where money is asked for', () => {
  it.each([
    ['turned around', '\u202EHbmG xuf\u202C GmbH', '\uFFFDHbmG xuf\uFFFD GmbH'],
    ['isolated', 'a\u2066b\u2069', 'a\uFFFDb\uFFFD'],
    ['with nothing between its letters', 'Pay\u200Bpal\uFEFF', 'Pay\uFFFDpal\uFFFD'],
    ['with tags', 'Pay\u{E0041}pal', 'Pay\uFFFDpal'],
  ])('%s shows that', (_, name, shown) => expect(shownName(name)).toBe(shown))

  it.each(['Nebelfuchs Spielewerkstatt GmbH', '月兎工房', 'שלום', '👩‍👩‍👧 Family', '🏴󠁧󠁢󠁳󠁣󠁴󠁿 Games', 'क्‍ष'])('is left as it is: %s', (name) => expect(shownName(name)).toBe(name))
})
