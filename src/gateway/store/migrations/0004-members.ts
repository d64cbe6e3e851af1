/** Who of a household was charged. */
export const members0004 = `
-- Who of the household was charged, as the device signed it; NULL where there were no members.
ALTER TABLE spending ADD COLUMN member_id TEXT CHECK (length(member_id) > 0);
`
