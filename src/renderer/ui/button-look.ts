/** `pay` is for the one button that spends money, `buy` for those that lead to it, `answer` for the one that answers something else. */
export type ButtonLook = 'plain' | 'quiet' | 'buy' | 'pay' | 'answer'
