import fc from 'fast-check'

/** That a property fails is all that mutation wants to know; looking for the shortest way to it can take a minute. */
fc.configureGlobal({ endOnFailure: true })
