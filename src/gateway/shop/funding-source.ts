/** The only way to pay in the reference gateway, which all devices share; a real one would list the person's own. */
export const fundingSource = { id: 'sandbox-wallet', label: 'Sandbox wallet' }
