/** The browser of this computer, for pages of the gateway and nothing else. */
export interface SystemBrowser {
  /** False where the address is not one of the gateway's, where nothing is to be opened here, and where nothing opened. */
  open(address: string): Promise<boolean>
}
