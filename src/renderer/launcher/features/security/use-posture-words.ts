import { inEnglish } from '../../../../contract/posture-words/in-english.ts'
import { inGerman } from '../../../../contract/posture-words/in-german.ts'
import type { PostureWords } from '../../../../contract/posture-words/posture-words.ts'
import { useFeature } from '../../app/stores.ts'

/** The words that the paper has, too, in the language of the page. */
export function usePostureWords(): PostureWords {
  return useFeature('app', ({ status }) => status?.appearance.language) === 'de' ? inGerman : inEnglish
}
