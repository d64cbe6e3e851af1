/** Logistic regression with weights that are never below 0, by gradient descent; calibrated to the simulation as it is. */

export interface Sample {
  readonly strengths: readonly number[]
  readonly isHarm: boolean
  /** How much it counts while weights are sought. */
  readonly weight: number
}

export interface Fitted {
  readonly bias: number
  readonly weights: readonly number[]
}

const rounds = 500
const rate = 0.08
/** Keeps weights small that the samples say little about. */
const ridge = 0.0004

const chanceOf = (logOdds: number) => 1 / (1 + Math.exp(-logOdds))

export function fitWeights(samples: readonly Sample[]): Fitted {
  const size = samples[0]?.strengths.length ?? 0
  const columns = samples.map(({ strengths }) => {
    const at = strengths.flatMap((strength, index) => (strength > 0 ? [index] : []))
    return { at: Int32Array.from(at), of: Float64Array.from(at, (index) => strengths[index] ?? 0) }
  })
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  const weights = Array.from({ length: size }, () => 0.5)
  let bias = -3
  const [first, second] = [Array.from({ length: size + 1 }, () => 0), Array.from({ length: size + 1 }, () => 0)]
  for (let round = 1; round <= rounds; round += 1) {
    const slope = Array.from({ length: size + 1 }, (_, index) => (index < size ? ridge * (weights[index] ?? 0) : 0))
    samples.forEach(({ isHarm, weight }, at) => {
      let logOdds = bias
      const own = columns[at]
      if (!own) return
      for (let turn = 0; turn < own.at.length; turn += 1) logOdds += (own.of[turn] ?? 0) * (weights[own.at[turn] ?? 0] ?? 0)
      const error = ((chanceOf(logOdds) - (isHarm ? 1 : 0)) * weight) / total
      for (let turn = 0; turn < own.at.length; turn += 1) {
        const index = own.at[turn] ?? 0
        slope[index] = (slope[index] ?? 0) + error * (own.of[turn] ?? 0)
      }
      slope[size] = (slope[size] ?? 0) + error
    })
    // Source of the step: Kingma and Ba, "Adam", ICLR 2015; what falls below 0 is put back to it.
    const step = (index: number) => {
      const one = slope[index] ?? 0
      first[index] = 0.9 * (first[index] ?? 0) + 0.1 * one
      second[index] = 0.999 * (second[index] ?? 0) + 0.001 * one * one
      const [mean, square] = [(first[index] ?? 0) / (1 - 0.9 ** round), (second[index] ?? 0) / (1 - 0.999 ** round)]
      return (rate * mean) / (Math.sqrt(square) + 1e-8)
    }
    for (let index = 0; index < size; index += 1) weights[index] = Math.max(0, (weights[index] ?? 0) - step(index))
    bias -= step(size)
  }
  return calibrated({ bias, weights }, samples)
}

/** Platt scaling: a slope and an offset, so that of what scores 0.8 four in five are harm where every sample counts the same. Source: J. Platt, 1999. */
function calibrated({ bias, weights }: Fitted, samples: readonly Sample[]): Fitted {
  const sums = samples.map(({ strengths }) => strengths.reduce((sum, strength, index) => sum + strength * (weights[index] ?? 0), bias))
  let [scale, offset] = [1, 0]
  for (let round = 0; round < 60; round += 1) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0]
    sums.forEach((sum, at) => {
      const p = chanceOf(scale * sum + offset)
      const [error, curve] = [p - (samples[at]?.isHarm ? 1 : 0), Math.max(1e-9, p * (1 - p))]
      g0 += error * sum
      g1 += error
      h00 += curve * sum * sum
      h01 += curve * sum
      h11 += curve
    })
    const determinant = h00 * h11 - h01 * h01
    scale -= (h11 * g0 - h01 * g1) / determinant
    offset -= (h00 * g1 - h01 * g0) / determinant
  }
  return { bias: scale * bias + offset, weights: weights.map((weight) => scale * weight) }
}
