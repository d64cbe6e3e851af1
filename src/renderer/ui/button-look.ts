/** `pay` is for the one button that spends money; `buy` for those that lead to it. */
export type ButtonLook = 'plain' | 'quiet' | 'buy' | 'pay'
