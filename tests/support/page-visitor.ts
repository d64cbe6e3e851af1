/** A browser without a face: keeps cookies, fills in the forms that a page has, and says what it was answered. */
import { getAttributeValue, textContent } from 'domutils'
import { parseDocument } from 'htmlparser2'
